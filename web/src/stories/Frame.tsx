import { Direction } from "radix-ui";
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useState } from "react";
import { setLanguage } from "../i18n/language.ts";
import { defaultPrefs, type Prefs, PrefsContext } from "../ui/prefs/prefs.ts";
import { ToastProvider } from "../ui/toast/ToastProvider.tsx";
import { type Address, slug, writeAddress } from "./address.ts";
import { stories } from "./all.ts";
import css from "./Frame.module.css";
import type { Story } from "./story.ts";
import { useAddress } from "./use-address.ts";

/** The story of a component, when it has come; null where there is none. */
function useStory(address: Address): Story | null | undefined {
  const [come, setCome] = useState<{ slug: string; story: Story | null }>();
  const { story: wanted } = address;
  useEffect(() => {
    let here = true;
    const load = async () => {
      const story = (await stories.find((each) => each.slug === wanted)?.load()) ?? null;
      if (here) setCome({ slug: wanted, story });
    };
    void load();
    return () => {
      here = false;
    };
  }, [wanted]);
  return come?.slug === wanted ? come.story : undefined;
}

/** The states of the component that the address names, and nothing else of the page of components. */
export function Frame() {
  const address = useAddress();
  const { theme, direction, language } = address;
  // Before it is painted: who waits for the heading waits for its colours too.
  useLayoutEffect(() => {
    document.documentElement.dataset["theme"] = theme;
    document.documentElement.dir = direction;
  }, [theme, direction]);
  useEffect(() => void setLanguage(language, "utc"), [language]);
  const story = useStory(address);
  return (
    <Surroundings direction={direction}>
      <main className={css.frame} key={`${address.story}/${address.alone ?? ""}`}>
        {story === null && <h1>No such component</h1>}
        {story && <States address={address} story={story} />}
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

function States({ address, story }: { address: Address; story: Story }) {
  const name = stories.find((each) => each.slug === address.story)?.name ?? "";
  const alone = Object.entries(story.alone ?? {});
  if (address.alone !== undefined) {
    const [state, element] = alone.find(([each]) => slug(each) === address.alone) ?? ["No such state", null];
    return (
      <>
        <h1 data-address={writeAddress(address)}>{`${name}: ${state}`}</h1>
        {element}
      </>
    );
  }
  return (
    <>
      <h1 data-address={writeAddress(address)}>{name}</h1>
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
