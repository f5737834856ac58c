/** Languages a message can be written in (BCP 47). */
export const messageLanguages = ['en', 'hi', 'gu', 'mr', 'ta', 'te', 'kn', 'bn'] as const;
export type MessageLanguage = (typeof messageLanguages)[number];
