import { useAsOf } from '#kit/as-of.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { Button } from '@mantine/core';
import { IconTimeline } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { presets, useCadenceActions, type Preset } from './use-cadence-actions.ts';

type CadencesEmptyProps = { readonly onAdded: (cadenceId: number) => void };

/** No cadence yet: three to begin with, each told in a sentence. */
export function CadencesEmpty({ onAdded }: CadencesEmptyProps): JSX.Element {
  const { t } = useTranslation('cadences');
  const { isMoved: isOff } = useAsOf();
  const { add } = useCadenceActions();
  const [isBusy, setBusy] = useState(false);
  const start = async (preset: Preset | 'empty'): Promise<void> => {
    setBusy(true);
    const cadenceId = await add(preset);
    setBusy(false);
    if (cadenceId !== undefined) onAdded(cadenceId);
  };
  return (
    <EmptyState
      icon={<IconTimeline size={36} stroke={1.3} />}
      title={t('empty.title')}
      next={t('empty.next')}
      actions={
        <div className="presets">
          {presets.map((preset) => (
            <div key={preset} className="presets__one card">
              <h3 className="presets__name">{t(`preset.${preset}.name`)}</h3>
              <p className="presets__about">{t(`preset.${preset}.about`)}</p>
              <Button
                variant={preset === 'standard' ? 'filled' : 'default'}
                disabled={isBusy || isOff}
                onClick={() => void start(preset)}
              >
                {t('empty.add', { name: t(`preset.${preset}.name`) })}
              </Button>
            </div>
          ))}
          <Button
            className="presets__own"
            variant="subtle"
            disabled={isBusy || isOff}
            onClick={() => void start('empty')}
          >
            {t('empty.own')}
          </Button>
        </div>
      }
    />
  );
}
