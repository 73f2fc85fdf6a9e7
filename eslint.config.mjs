import stylistic from '@stylistic/eslint-plugin';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const families = ['web', 'nfs', 'local', 'claim', 'mysql', 'diff'];
const noFamily = { group: families.flatMap((family) => [`**/${family}/**`]), message: 'core/, network/, pod/, scheduling/ and storage/ know no family; families do not know each other' };

export default tseslint.config(
  { ignores: ['build/', 'dist/', 'node_modules/', 'coverage/'] },
  ...tseslint.configs.recommendedTypeChecked,
  stylistic.configs.customize({ indent: 2, quotes: 'single', semi: true, braceStyle: '1tbs', arrowParens: true }),
  {
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'no-sequences': 'error',
      '@stylistic/max-len': ['error', { code: 140, ignoreUrls: true, ignoreTemplateLiterals: true }],
      '@stylistic/multiline-ternary': 'off',
      '@stylistic/operator-linebreak': 'off',
      '@stylistic/quote-props': ['error', 'as-needed'],
      '@stylistic/no-mixed-operators': 'off',
      '@typescript-eslint/explicit-member-accessibility': 'error',
      '@typescript-eslint/member-ordering': ['error', {
        default: ['public-static-field', 'private-static-field', 'public-static-method', 'field', 'constructor', 'public-get', 'method'],
      }],
      '@typescript-eslint/no-unsafe-assignment': 'off', // Lazy.any() and EnvValue of cdk8s are any
      '@typescript-eslint/no-shadow': 'error',
      '@typescript-eslint/no-this-alias': 'off',
      '@typescript-eslint/return-await': ['error', 'always'],
      'import-x/no-cycle': 'error',
      'import-x/order': ['error', {
        groups: ['builtin', 'external', ['parent', 'sibling', 'index']], alphabetize: { order: 'asc', caseInsensitive: true },
      }],
    },
  },
  {
    files: ['lib/core/**', 'lib/network/**', 'lib/pod/**', 'lib/scheduling/**', 'lib/storage/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [noFamily] }] },
  },
  ...families.map((family) => ({
    files: [`lib/${family}/**`],
    rules: {
      'no-restricted-imports': ['error', {
        patterns: [{ ...noFamily, group: families.filter((other) => other !== family).map((other) => `**/${other}/**`) }],
      }],
    },
  })),
  { files: ['**/*.mjs', '**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
