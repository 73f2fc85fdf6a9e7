/** The metric by which a web counts its requests. */
export interface WebRequestsMetric {
  /** The name of a counter, e.g. `http_requests_total`. */
  readonly metric: string;

  /**
   * Its label with the status of the answer, e.g. `200`.
   *
   * @default code
   */
  readonly statusLabel?: string;
}
