// In which order open alerts stand in the list, and which of them are about one subject.

/** Of an alert whose list has no policy of categories: in the middle, so that it is neither pressed nor forgotten. */
const USUAL_URGENCY = 5;

/** Who may be meant: alerts of one subject in one deployment belong together; one that is sealed stands alone. */
export function groupOf(alert) {
  return alert.readable ? `${alert.deployment} ${alert.subject}` : alert.id;
}

/**
 * The alerts by subject. In a group the newest comes first, which stands for all of it. Groups that can still be acted
 * upon come first, by urgency, and of one urgency what turns stale next; then those that nobody may act upon any more,
 * newest first.
 *
 * @returns {{key: string, alerts: object[]}[]}
 */
export function grouped(alerts, now) {
  const groups = new Map();
  for (const alert of alerts) {
    const key = groupOf(alert);
    groups.set(key, [...groups.get(key) ?? [], alert]);
  }
  return [...groups]
    .map(([key, members]) => ({key, alerts: members.sort(newestFirst)}))
    .sort((a, b) => inOrder(a.alerts[0], b.alerts[0], now));
}

function inOrder(a, b, now) {
  const stale = Number(now >= a.staleAt) - Number(now >= b.staleAt);
  if (stale !== 0) {
    return stale;
  }
  return now >= a.staleAt
    ? newestFirst(a, b)
    : urgencyOf(a) - urgencyOf(b) || a.staleAt - b.staleAt || newestFirst(a, b);
}

function urgencyOf(alert) {
  return alert.response?.urgency ?? USUAL_URGENCY;
}

export function newestFirst(a, b) {
  return b.bornAt - a.bornAt || (a.id < b.id ? 1 : -1);
}

/**
 * The rows of the list: the first of each group, and the others of those that are open.
 *
 * @param isOpen says of a group's key whether all of it is shown
 * @param selected id of the alert that is looked at, which is shown wherever it stands
 * @returns {{alert: object, of: object[], key: string, first: boolean, open: boolean, held: boolean}[]} of: the alerts
 *     of its group; held: whether the selected one is among those that are hidden when the group is folded
 */
export function rowsOf(groups, isOpen, selected) {
  return groups.flatMap(({key, alerts}) => {
    const held = alerts.slice(1).some(({id}) => id === selected);
    const open = held || isOpen(key);
    return (open ? alerts : alerts.slice(0, 1)).map((alert, i) => ({alert, of: alerts, key, first: i === 0, open, held}));
  });
}
