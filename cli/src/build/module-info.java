/// The program and its libraries, as the runtime image has them. Open, for some find their files by reflection.
open module hostseed {
    requires java.logging;
    requires java.net.http;
}
