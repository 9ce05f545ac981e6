// What officers are to do about the selected alert, as the policy has it that was signed with the list.

import {byId, setText, show} from "./dom.js";
import {categoryWords} from "./words.js";

export function showResponse({readable, category, response}) {
  show(byId("response"), Boolean(response));
  setText(byId("fact-category"), readable ? category : "not readable");
  if (!response) {
    return;
  }
  byId("response").dataset.colour = response.colour;
  setText(byId("response-category"), categoryWords({category, response}));
  setText(byId("response-urgency"), `Urgency ${response.urgency} of 9`);
  setText(byId("response-instruction"), response.instruction);
  show(byId("response-contact"), Boolean(response.contact));
  setText(byId("response-contact"), response.contact ? `Contact: ${response.contact}` : "");
}
