// The feed of changes. After a break everything may have changed, so `opened` is called each time it is there again.

const LONGEST_PAUSE = 10_000;

/** Call `changed` with every change of the workspace from now on, and `opened` and `lost` as the feed comes and goes. */
export function watch({ changed, opened, lost }) {
  let pause = 250;
  const open = () => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/sandbox/feed`);
    socket.onopen = () => {
      pause = 250;
      opened();
    };
    socket.onmessage = (event) => changed(JSON.parse(event.data));
    socket.onclose = () => {
      lost();
      setTimeout(open, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    };
  };
  open();
}
