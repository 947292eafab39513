import { longText, type Story } from "../../stories/story.ts";
import { Button } from "../button/Button.tsx";
import { StatusBadge } from "../status/StatusBadge.tsx";
import { Page } from "./Page.tsx";

const crumbs = (
  <>
    <li>
      <a href="#page">Functions</a>
    </li>
    <li>train</li>
  </>
);

export const story: Story = {
  about:
    "The frame of each page: one h1, which the focus goes to on navigation, and the actions at the end of its line.",
  keyboard: { Tab: "reaches the way to here, then the actions" },
  states: {},
  alone: {
    default: (
      <Page title="train" breadcrumb={crumbs} actions={<Button tone="primary">Run</Button>}>
        <p>What the page is about.</p>
      </Page>
    ),
    "with a state": (
      <Page title="quick-heron" meta={<StatusBadge state="RUNNING" entity="run" />} actions={<Button>Stop</Button>}>
        <p>What the page is about.</p>
      </Page>
    ),
    "title alone": (
      <Page title="Projects">
        <p>What the page is about.</p>
      </Page>
    ),
    "long text": (
      <Page
        title={longText}
        breadcrumb={crumbs}
        meta={<StatusBadge state="ERROR" entity="run" />}
        actions={<Button>Run</Button>}
      >
        <p>What the page is about.</p>
      </Page>
    ),
  },
};
