/** A page of panels. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** One drawing of some queries over time. */
export interface Panel {
  readonly title: string;
  /** As Grafana calls it. */
  readonly unit: string;
  /** In PromQL. */
  readonly queries: readonly string[];
  /** Drawn on top of each other. Default: not. */
  readonly stacked?: boolean;
}

/** Two panels stand beside each other, on a grid of 24 columns. */
const width = 12;
const height = 8;
const datasource = { type: "prometheus", uid: "prometheus" };

/** Whether a query is of buckets, which have traces as examples. */
export const hasExamples = (query: string) => query.includes("_bucket");

/** A dashboard as Grafana is provisioned with it (its schema 39, of Grafana 11 and later). */
export function toGrafana({ uid, title, panels }: Dashboard): object {
  return {
    uid,
    title,
    tags: ["duet"],
    schemaVersion: 39,
    editable: false,
    refresh: "30s",
    time: { from: "now-1h", to: "now" },
    timezone: "browser",
    panels: panels.map((panel, index) => ({
      id: index + 1,
      title: panel.title,
      type: "timeseries",
      datasource,
      gridPos: { x: (index % 2) * width, y: Math.floor(index / 2) * height, w: width, h: height },
      fieldConfig: {
        defaults: {
          unit: panel.unit,
          min: 0,
          custom: { fillOpacity: panel.stacked ? 40 : 0, stacking: { mode: panel.stacked ? "normal" : "none" } },
        },
        overrides: [],
      },
      options: { legend: { displayMode: "list", placement: "bottom" }, tooltip: { mode: "multi" } },
      targets: panel.queries.map((expr, at) => ({
        refId: String.fromCharCode(65 + at),
        datasource,
        expr,
        ...(hasExamples(expr) && { exemplar: true }),
      })),
    })),
  };
}
