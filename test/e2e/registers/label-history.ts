/** A time in which more than one pod was labelled as the primary; milliseconds. */
export interface DoubleLabel {
  readonly pods: string[];
  readonly from: number;
  /** Undefined while it lasts. */
  readonly to?: number;
}

/** Which pods had a label, from the events of a watch, in the order in which the API server made them. */
export class LabelHistory {
  private readonly _labelled = new Set<string>();
  private readonly _doubles: DoubleLabel[] = [];
  private _events = 0;

  /** So many events were seen. */
  public get events(): number {
    return this._events;
  }

  /** The times in which more than one pod had it. */
  public get doubles(): DoubleLabel[] {
    return [...this._doubles];
  }

  /** A pod was added, changed or deleted, and has the label or not. */
  public see(at: number, pod: string, labelled: boolean): void {
    this._events++;
    if (labelled === this._labelled.has(pod)) {
      return;
    }
    if (labelled) {
      this._labelled.add(pod);
    } else {
      this._labelled.delete(pod);
    }
    const last = this._doubles[this._doubles.length - 1];
    if (last !== undefined && last.to === undefined) {
      this._doubles[this._doubles.length - 1] = { ...last, to: at };
    }
    if (this._labelled.size > 1) {
      this._doubles.push({ pods: [...this._labelled].sort(), from: at });
    }
  }

  /** The watch begins again, with all that there is: pods that are not in it are gone. */
  public startAgain(at: number, present: Map<string, boolean>): void {
    for (const pod of [...this._labelled].filter((name) => !present.has(name))) {
      this.see(at, pod, false);
    }
    for (const [pod, labelled] of [...present].sort(([, a], [, b]) => Number(a) - Number(b))) { // first those that lost it
      this.see(at, pod, labelled);
    }
  }
}
