// Hands everything over, as an edge does that is not the function itself.
export default {
  fetch: (request, env) => env.NEXT.fetch(request),
};
