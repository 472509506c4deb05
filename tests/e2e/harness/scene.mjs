// How most stories begin: an organisation of two people who are in one chat.
import { newPerson } from "./person.mjs";
import { startServer } from "./server.mjs";

/** What Ivan writes when he has joined. */
const FIRST = "I am in.";

/** Starts a server with a registrar alone; `server` is what the server is started with. */
export async function founded(options = {}) {
  const scene = new Scene();
  try {
    scene.server = await startServer(options.server);
    scene.olga = await scene.person("Olga Petrova", options);
    await scene.olga.setUp(await scene.server.setUpLink(), options);
    return scene;
  } catch (error) {
    await scene.close();
    throw error;
  }
}

/** Starts a server with two people in one chat; it is open on both sides. */
export async function twoPeople(options = {}) {
  const scene = await founded(options);
  try {
    const link = await scene.olga.inviteFirst("Ivan Sokolov");
    scene.ivan = await scene.person("Ivan Sokolov", options);
    await scene.ivan.join(link);
    // A chat stands in the other's list once something was written in it.
    await scene.ivan.write(FIRST);
    await scene.olga.openChat("Ivan Sokolov");
    // The chat can stand there before the message that brought it: what is written meanwhile would come to stand above it.
    await scene.olga.message(FIRST).waitFor();
    return scene;
  } catch (error) {
    await scene.close();
    throw error;
  }
}

class Scene {
  people = [];

  async person(name, options) {
    const person = await newPerson(name, options);
    this.people.push(person);
    return person;
  }

  /** Ends somebody's browser, with all that is in it, before the story is over. */
  async leaves(person) {
    this.people = this.people.filter((other) => other !== person);
    await closeAll([person], []);
  }

  async close() {
    await closeAll(this.people, this.server ? [this.server] : []);
  }
}

/** Ends everything, and fails a story in which somebody's page broke, even if nobody looked at it. */
export async function closeAll(people, servers) {
  const broken = [];
  for (const person of people) {
    if (await person.isBroken().catch(() => false)) broken.push(person.name);
    if (person.errors.length && process.env.VALISE_VERBOSE) console.log(`${person.name}:`, person.errors);
    await person.close().catch(() => {});
  }
  for (const server of servers) await server.close();
  if (broken.length) throw new Error(`the page broke: ${broken.join(", ")}`);
}
