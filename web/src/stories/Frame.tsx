import { Direction } from "radix-ui";
import { type ReactNode, Suspense, use, useEffect, useMemo, useState } from "react";
import { setLanguage } from "../i18n/language.ts";
import { defaultPrefs, type Prefs, PrefsContext } from "../ui/prefs/prefs.ts";
import { ToastProvider } from "../ui/toast/ToastProvider.tsx";
import { type Address, slug, writeAddress } from "./address.ts";
import { stories } from "./all.ts";
import css from "./Frame.module.css";
import type { Story } from "./story.ts";
import { useAddress } from "./use-address.ts";

const loading = new Map<string, Promise<Story>>();

/** A story that is on its way is asked for once. */
function loaded(address: Address): Promise<Story> | undefined {
  const listed = stories.find((each) => each.slug === address.story);
  if (listed === undefined) return undefined;
  const there = loading.get(listed.slug) ?? listed.load();
  loading.set(listed.slug, there);
  return there;
}

/** The states of the component that the address names, and nothing else of the page of components. */
export function Frame() {
  const address = useAddress();
  const { theme, direction, language } = address;
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
    document.documentElement.dir = direction;
  }, [theme, direction]);
  useEffect(() => void setLanguage(language, "utc"), [language]);
  const story = loaded(address);
  return (
    <Surroundings direction={direction}>
      <main className={css.frame} key={`${address.story}/${address.alone ?? ""}`}>
        {story === undefined ? (
          <h1>No such component</h1>
        ) : (
          <Suspense fallback={null}>
            <States address={address} coming={story} />
          </Suspense>
        )}
      </main>
    </Surroundings>
  );
}

/** What a component may ask of the page around it. */
function Surroundings({ direction, children }: { direction: Address["direction"]; children: ReactNode }) {
  const [prefs, setPrefs] = useState<Prefs>(defaultPrefs);
  const store = useMemo(
    () => ({ prefs, change: (part: Partial<Prefs>) => setPrefs((old) => ({ ...old, ...part })) }),
    [prefs],
  );
  return (
    <PrefsContext value={store}>
      <Direction.Provider dir={direction}>
        <ToastProvider>{children}</ToastProvider>
      </Direction.Provider>
    </PrefsContext>
  );
}

function States({ address, coming }: { address: Address; coming: Promise<Story> }) {
  const story = use(coming);
  const name = stories.find((each) => each.slug === address.story)?.name ?? "";
  const alone = Object.entries(story.alone ?? {});
  if (address.alone !== undefined) {
    const [state, element] = alone.find(([each]) => slug(each) === address.alone) ?? ["No such state", null];
    return (
      <>
        <h1 data-address={`${address.story}/${address.alone}`}>{`${name}: ${state}`}</h1>
        {element}
      </>
    );
  }
  return (
    <>
      <h1 data-address={address.story}>{name}</h1>
      <p>{story.about}</p>
      <Keys keyboard={story.keyboard} />
      {Object.entries(story.states).map(([state, element]) => (
        <section key={state} aria-label={state} className={css.state}>
          <h2>{state}</h2>
          {element}
        </section>
      ))}
      {alone.length > 0 && (
        <ul className={css.alone} aria-label="By itself">
          {alone.map(([state]) => (
            <li key={state}>
              <a href={writeAddress({ ...address, alone: slug(state) })}>{state}</a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Keys({ keyboard }: Pick<Story, "keyboard">) {
  const entries = Object.entries(keyboard);
  if (entries.length === 0) return <p className={css.note}>Takes no keys.</p>;
  return (
    <dl className={css.keys} aria-label="Keyboard">
      {entries.map(([keys, does]) => (
        <div key={keys}>
          <dt>
            <kbd>{keys}</kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
