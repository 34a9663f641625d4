// How are two connected, and what sentence says so at each step?
//
// @param {name} a             Where to start
// @param {name} b             Where to arrive
// @param {number} [most=6]    Hops at most
// @param {name[]} [without]   Nobody of these on the way

path(a, b, {maxHops: most, avoid: without})
