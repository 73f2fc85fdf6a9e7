import { TestedCluster } from '../../e2e/mysql/cluster';

/** Rows with a text each, in the table that drills look at. */
export class Texts {
  public constructor(private readonly _cluster: TestedCluster, private readonly _source: string) {}

  public async create(): Promise<void> {
    await this._cluster.sql(this._source, 'CREATE TABLE shop.numbers (number BIGINT AUTO_INCREMENT PRIMARY KEY, text CHAR(64))');
    await this.write();
  }

  public async write(): Promise<void> {
    await this._cluster.sql(this._source, 'INSERT INTO shop.numbers (text) VALUES (HEX(RANDOM_BYTES(32)))');
  }
}
