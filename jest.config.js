// Of the workers. Each file of tests loads its modules into a realm of its own, which is garbage soon: with more room for what is
// young it is
// collected seldom. Measured: a fifth of the time.
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=32`.trim();

const shared = {
  roots: ['<rootDir>/apps', '<rootDir>/lib', '<rootDir>/test'], // Jest looks at each file below at every start
  // TypeScript first: a compiled file that lies about must never be tested in place of its source.
  moduleFileExtensions: ['ts', 'js', 'json'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs', lazy: true } }],
  },
  testEnvironment: '<rootDir>/test/support/environment.ts',
  clearMocks: true,
  modulePathIgnorePatterns: ['<rootDir>/build/'],
};

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: 3, // of two cores: many tests wait
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/e2e/', '<rootDir>/test/e2e-full/'],
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
    },
    {
      ...shared,
      displayName: 'e2e-full',
      testMatch: ['<rootDir>/test/e2e-full/**/*.test.ts'],
    },
  ],
};
