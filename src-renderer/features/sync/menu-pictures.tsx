import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './pictures.css';

// Drawn by us, in the colours of the theme: a menu is known again by its words and their places. The steps beside the
// pictures say the same in words, so that a screen reader leaves the pictures out.

/** TallyPrime: the Help menu with its settings, then the box in which the port stands. */
export function PrimePictures(): JSX.Element {
  const { t } = useTranslation('sync');
  const say = (key: string): string => t(`picture.${key}`);
  return (
    <div className="pictures" aria-hidden>
      <Drawn title={say('prime')}>
        <div className="drawn__bar">
          {['company', 'data', 'export'].map((key) => (
            <span key={key} className="drawn__tab">
              {say(key)}
            </span>
          ))}
          <span className="drawn__tab drawn__tab--last">
            <Press mark={1}>{say('help')}</Press>
          </span>
        </div>
        <div className="drawn__menus">
          <Menu items={['connectivity', 'language', 'display']} pressed="connectivity" mark={3} say={say} />
          <Menu
            items={['shortcuts', 'settings', 'troubleshooting', 'about']}
            pressed="settings"
            mark={2}
            say={say}
          />
        </div>
      </Drawn>
      <Drawn title={say('connectivity')}>
        <div className="drawn__form">
          <div className="drawn__heading">
            <Press mark={4}>{say('clientServer')}</Press>
          </div>
          <Line label={say('primeActs')} value={say('both')} mark={5} />
          <Line label={say('odbc')} value={say('yes')} />
          <Line label={say('port')} value="9000" mark={6} />
        </div>
      </Drawn>
    </div>
  );
}

/** Tally.ERP 9: F12 at the gateway, then the box of the advanced configuration. */
export function Erp9Pictures(): JSX.Element {
  const { t } = useTranslation('sync');
  const say = (key: string): string => t(`picture.${key}`);
  return (
    <div className="pictures" aria-hidden>
      <Drawn title={say('gateway')}>
        <div className="drawn__menus">
          <Menu
            items={['general', 'numeric', 'advanced', 'licensing']}
            pressed="advanced"
            mark={2}
            say={say}
          />
          <div className="drawn__buttons">
            <span className="drawn__button">{say('features')}</span>
            <span className="drawn__button">
              <Press mark={1}>{say('configure')}</Press>
            </span>
          </div>
        </div>
      </Drawn>
      <Drawn title={say('advanced')}>
        <div className="drawn__form">
          <div className="drawn__heading">{say('clientServer')}</div>
          <Line label={say('erp9Acts')} value={say('both')} mark={3} />
          <Line label={say('odbc')} value={say('yes')} />
          <Line label={say('port')} value="9000" mark={4} />
        </div>
      </Drawn>
    </div>
  );
}

type DrawnProps = { readonly title: string; readonly children: ReactNode };

function Drawn({ title, children }: DrawnProps): JSX.Element {
  return (
    <div className="drawn">
      <div className="drawn__title">
        <svg width="34" height="8" viewBox="0 0 34 8" className="drawn__dots">
          <circle cx="4" cy="4" r="3" />
          <circle cx="15" cy="4" r="3" />
          <circle cx="26" cy="4" r="3" />
        </svg>
        {title}
      </div>
      {children}
    </div>
  );
}

type PressProps = { readonly mark: number; readonly children: ReactNode };

/** What is to be pressed, with the number of its step. */
function Press({ mark, children }: PressProps): JSX.Element {
  return (
    <span className="drawn__press">
      {children}
      <span className="drawn__mark">{mark}</span>
    </span>
  );
}

type MenuProps = {
  readonly items: readonly string[];
  readonly pressed: string;
  readonly mark: number;
  readonly say: (key: string) => string;
};

function Menu({ items, pressed, mark, say }: MenuProps): JSX.Element {
  return (
    <div className="drawn__menu">
      {items.map((key) => (
        <span key={key} className="drawn__item">
          {key === pressed ? <Press mark={mark}>{say(key)}</Press> : say(key)}
        </span>
      ))}
    </div>
  );
}

type LineProps = { readonly label: string; readonly value: string; readonly mark?: number };

function Line({ label, value, mark }: LineProps): JSX.Element {
  return (
    <div className="drawn__line">
      <span>{label}</span>
      <span className="drawn__value">{mark === undefined ? value : <Press mark={mark}>{value}</Press>}</span>
    </div>
  );
}
