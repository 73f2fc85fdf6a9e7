import { fail, Origin } from '../../core/errors';

const SERIES = /^(\d+)\.(\d+)$/;
const OLDEST = [8, 4];
// The tag of an image that names a version, as in mysql:9.7, mysql:9.7.1-oracle or registry:5000/mysql:8.4@sha256:...
const VERSION_TAG = /:(\d+\.\d+)(?:[.-][^:/@]*)?(?:@[^/]*)?$/;

/**
 * A series of MySQL Server, which decides what options the server knows. Use a constant, or `of` for a series that has none.
 *
 * @see https://dev.mysql.com/doc/refman/9.7/en/mysql-releases.html
 */
export class MySqlVersion {
  /** The long-term support series of 2024. */
  public static readonly V8_4 = MySqlVersion.of('8.4');

  /** The long-term support series of 2026. */
  public static readonly V9_7 = MySqlVersion.of('9.7');

  /**
   * Another series, from 8.4 on.
   *
   * @param series the first two numbers of the version, e.g. `9.5`
   */
  public static of(series: string): MySqlVersion {
    return new MySqlVersion(series);
  }

  /**
   * The series that the tag of an image names.
   *
   * @internal
   */
  public static _ofImage({ scope, property }: Origin, image: string): MySqlVersion {
    const series = VERSION_TAG.exec(image)?.[1];
    return series !== undefined ? new MySqlVersion(series) : fail(scope, {
      property, rule: 'be given where the tag of the image names no series', value: image,
      fix: 'write the one in the image, as in MySqlVersion.V9_7, or choose a tag such as "mysql:9.7"',
    });
  }

  /** The first two numbers of the version. */
  public readonly series: string;

  private constructor(series: string) {
    this.series = series;
  }

  /** @internal */
  public _requireSupported({ scope, property }: Origin): void {
    if (!SERIES.test(this.series)) {
      fail(scope, {
        property, rule: 'be a series of MySQL', value: this.series, fix: 'write its first two numbers, as in MySqlVersion.of("9.5")',
      });
    }
    if (!this._isFrom(OLDEST.join('.'))) {
      fail(scope, {
        property, rule: `be ${OLDEST.join('.')} or later`, value: this.series,
        fix: 'older servers lack statements and options that the cluster uses; upgrade the data to 8.4 first',
      });
    }
  }

  /**
   * An image whose tag names another series is a mistake; a tag that names none, or a digest alone, is believed.
   *
   * @internal
   */
  public _requireImage({ scope, property }: Origin, image: string): void {
    const series = VERSION_TAG.exec(image)?.[1];
    if (series !== undefined && series !== this.series) {
      fail(scope, {
        property, rule: `be of the series ${this.series}, which is the version`, value: image,
        fix: `set version to MySqlVersion.of("${series}"), or choose another image`,
      });
    }
  }

  /**
   * An image of what must not be older than the servers. A tag that names no series, or a digest alone, is believed.
   *
   * @internal
   */
  public _requireNotOlder({ scope, property }: Origin, image: string): void {
    const series = VERSION_TAG.exec(image)?.[1];
    if (series !== undefined && !new MySqlVersion(series)._isFrom(this.series)) {
      fail(scope, {
        property, rule: `be of the series ${this.series}, which is that of the servers, or a later one`, value: image,
        fix: 'choose another image; it knows no servers that are newer than itself',
      });
    }
  }

  /**
   * Whether it is this series or a later one.
   *
   * @internal
   */
  public _isFrom(series: string): boolean {
    const [major, minor] = this.series.split('.').map(Number);
    const [otherMajor, otherMinor] = series.split('.').map(Number);
    return major > otherMajor || major === otherMajor && minor >= otherMinor;
  }
}
