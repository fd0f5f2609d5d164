// Draws the API reference, signed in with the team key, which is public.
"use strict";

const place = document.getElementById("swagger");
const dark = matchMedia("(prefers-color-scheme: dark)");
const wear = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", wear);
wear();

const ui = SwaggerUIBundle({
  domNode: place,
  url: place.dataset.description,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  validatorUrl: null,
  tryItOutEnabled: true,
  onComplete: () => ui.preauthorizeApiKey("ApiSecret", place.dataset.key),
});
