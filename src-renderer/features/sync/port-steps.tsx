import { SegmentedControl } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Erp9Pictures, PrimePictures } from './menu-pictures.tsx';

const products = ['prime', 'erp9'] as const;
type Product = (typeof products)[number];

/** How many numbered steps lead to the open port; each number stands in a picture too. */
const STEPS = { prime: [1, 2, 3, 4, 5, 6], erp9: [1, 2, 3, 4, 5] } as const satisfies Record<
  Product,
  readonly number[]
>;

/** How Tally's port is switched on: numbered steps, and Tally's menus drawn with the same numbers. */
export function PortSteps(): JSX.Element {
  const { t } = useTranslation('sync');
  const [product, setProduct] = useState<Product>('prime');
  return (
    <div className="port">
      <div className="port__head">
        <h3 className="port__title">{t('port.title')}</h3>
        <SegmentedControl
          size="xs"
          aria-label={t('port.which')}
          value={product}
          data={products.map((value) => ({ value, label: t(`product.${value}`) }))}
          onChange={(chosen) => setProduct(chosen === 'erp9' ? 'erp9' : 'prime')}
        />
      </div>
      <ol className="port__steps">
        {STEPS[product].map((step) => (
          <li key={step} className="port__step">
            {t(`port.${product}.${step}`)}
          </li>
        ))}
      </ol>
      {product === 'prime' ? <PrimePictures /> : <Erp9Pictures />}
    </div>
  );
}
