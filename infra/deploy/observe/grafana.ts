import type {
  DataQuery,
  FieldConfig,
  Dashboard as GrafanaDashboard,
  Panel as GrafanaPanel,
  GraphFieldConfig,
  OptionsWithLegend,
  OptionsWithTooltip,
} from "@grafana/schema";

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

/** What Grafana's schema has as an enumeration, as its text. */
type Written<T> = T extends string
  ? `${T}`
  : T extends readonly unknown[]
    ? { readonly [Index in keyof T]: Written<T[Index]> }
    : T extends object
      ? { readonly [Name in keyof T]: Written<T[Name]> }
      : T;

/** A panel of time series: the schema leaves open to every kind of panel what this one narrows. */
interface TimeSeries extends Omit<Written<GrafanaPanel>, "type" | "fieldConfig" | "options" | "targets"> {
  readonly type: "timeseries";
  readonly fieldConfig: {
    readonly defaults: Omit<Written<FieldConfig>, "custom"> & { readonly custom: Written<GraphFieldConfig> };
    readonly overrides: readonly never[];
  };
  readonly options: Written<OptionsWithLegend & OptionsWithTooltip>;
  readonly targets: readonly PrometheusQuery[];
}

/** A query of a panel. The schema does not have those of Prometheus, which is a plugin. */
interface PrometheusQuery extends Written<DataQuery> {
  /** In PromQL. */
  readonly expr: string;
  /** Whether exemplars are asked for too. */
  readonly exemplar?: boolean;
}

/** A dashboard as Grafana reads it, of such panels alone. */
interface ProvisionedDashboard extends Omit<Written<GrafanaDashboard>, "panels"> {
  readonly panels: readonly TimeSeries[];
}

/** Two panels stand beside each other, on a grid of 24 columns. */
const width = 12;
const height = 8;
const datasource = { type: "prometheus", uid: "prometheus" };

/** Whether a query is of buckets, which have traces as exemplars. */
export const hasExemplars = (query: string) => query.includes("_bucket");

/** A dashboard as Grafana is provisioned with it: by its own schema, whose types are those of Grafana 12.1. */
export function toGrafana({ uid, title, panels }: Dashboard): ProvisionedDashboard {
  return {
    uid,
    title,
    tags: ["duet"],
    schemaVersion: 41,
    editable: false,
    refresh: "30s",
    time: { from: "now-1h", to: "now" },
    timezone: "browser",
    panels: panels.map(toPanel),
  };
}

function toPanel(panel: Panel, index: number): TimeSeries {
  return {
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
    options: {
      legend: { displayMode: "list", placement: "bottom", showLegend: true, calcs: [] },
      tooltip: { mode: "multi", sort: "none" },
    },
    targets: panel.queries.map((expr, at) => ({
      refId: String.fromCharCode(65 + at),
      datasource,
      expr,
      ...(hasExemplars(expr) && { exemplar: true }),
    })),
  };
}
