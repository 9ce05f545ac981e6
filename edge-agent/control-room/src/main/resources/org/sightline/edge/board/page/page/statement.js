// The words for what officers stated of an alert in the street, and for how far that has come: the same at the desk and
// on the phone. Nothing is called recorded before the van has confirmed it.

/** The choice in a form that takes back the group that was stated: no code is written so. */
export const WITHOUT_GROUP = "none";

const WHY = {
  "unknown-alert": "it keeps no such alert",
  "unknown-group": "the group is not in its authorisation",
  "not-the-last": "another statement came first",
  "not-theirs": "another officer stated it",
};

export function deliveryWords(delivery) {
  switch (delivery) {
    case "waiting": return "waits for the broker";
    case "sent": return "not confirmed by the van yet";
    case "recorded": return "in the van’s record";
    case "not-stored": return "the van could not record it yet, and tries again";
    case "not-judged": return "the van has not recorded it yet: it has no outcome there";
    default: return `the van did not record it: ${WHY[delivery] ?? delivery}`;
  }
}

/** What to do after an answer that is no yes; of one that was lost nobody knows what it was. */
export async function troubleWords(answer, refused) {
  if (!answer || answer.status >= 500) {
    return "No answer: look whether it is stated.";
  }
  const {error} = await answer.json().catch(() => ({}));
  return refused[error] ?? "Not taken. Look again.";
}

/** The first choices of a list of groups: what a correction does about a group that was stated. */
export function groupChoices(groupStated) {
  return groupStated
    ? [new Option("As stated before", ""), new Option("Not stated any more", WITHOUT_GROUP)]
    : [new Option("Not stated", "")];
}

/** What is sent of the choice in a list of groups. */
export function groupOf(select) {
  if (select.value === WITHOUT_GROUP) {
    return {withoutGroup: true};
  }
  return select.value ? {group: select.value} : {};
}
