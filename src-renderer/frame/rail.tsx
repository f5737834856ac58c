import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { isIn, placeItems, type PlaceItem } from './places.ts';

type RailProps = {
  readonly isCollapsed: boolean;
  readonly onToggle: () => void;
};

/** The left rail: where one is, and where one can go. */
export function Rail({ isCollapsed, onToggle }: RailProps): JSX.Element {
  const { t } = useTranslation('frame');
  const Icon = isCollapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const label = t(isCollapsed ? 'rail.expand' : 'rail.collapse');
  return (
    <nav className="rail" aria-label={t('rail.label')}>
      <ul className="rail__list">
        {placeItems.map((place) => (
          <RailItem key={place.id} place={place} isCollapsed={isCollapsed} />
        ))}
      </ul>
      <button
        type="button"
        className="rail__item rail__toggle"
        onClick={onToggle}
        title={`${label} (Ctrl+B)`}
      >
        <Icon size={20} stroke={1.6} aria-hidden />
        <span className={isCollapsed ? 'unseen' : 'rail__word'}>{label}</span>
      </button>
    </nav>
  );
}

function RailItem({
  place,
  isCollapsed,
}: {
  readonly place: PlaceItem;
  readonly isCollapsed: boolean;
}): JSX.Element {
  const { t } = useTranslation('frame');
  const [path] = useLocation();
  const isHere = isIn(path, place);
  const word = t(`places.${place.id}`);
  return (
    <li className={place.isLow ? 'rail__low' : ''}>
      <Link
        href={place.path}
        className={`rail__item${isHere ? ' rail__item--here' : ''}`}
        aria-current={isHere ? 'page' : undefined}
        title={`${word} (${place.keys})`}
      >
        <place.icon size={20} stroke={1.6} aria-hidden />
        <span className={isCollapsed ? 'unseen' : 'rail__word'}>{word}</span>
      </Link>
    </li>
  );
}
