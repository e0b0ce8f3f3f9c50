/**
 * Text from outside as it may be shown: on one line, without control characters, since an answer must not steer the terminal
 * that shows it.
 * @example onOneLine('<html>\n  Blocked\u001b[2J') // '<html> Blocked [2J'
 */
export const onOneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
