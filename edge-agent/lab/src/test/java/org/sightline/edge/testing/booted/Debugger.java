package org.sightline.edge.testing.booted;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.util.Map;

/** Has methods of a running program fail, which knows nothing of it. */
public final class Debugger implements AutoCloseable {
  private final VirtualMachine program;

  private Debugger(VirtualMachine program) {
    this.program = program;
  }

  /** Attaches to a Java machine that waits for debuggers on a loopback port. */
  public static Debugger attach(int port) throws Exception {
    AttachingConnector sockets =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(each -> each.name().equals("com.sun.jdi.SocketAttach"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = sockets.defaultArguments();
    arguments.get("hostname").setValue("127.0.0.1");
    arguments.get("port").setValue(Integer.toString(port));
    return new Debugger(sockets.attach(arguments));
  }

  /**
   * Takes an argument away from a method the next time that a thread enters it, so that it throws;
   * returns when it has been taken.
   */
  public void takeAway(String type, String method, String argument) throws Exception {
    ReferenceType loaded = program.classesByName(type).get(0);
    BreakpointRequest entry =
        program
            .eventRequestManager()
            .createBreakpointRequest(loaded.methodsByName(method).get(0).location());
    entry.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    entry.enable();
    boolean taken = false;
    while (!taken) {
      EventSet events = program.eventQueue().remove();
      for (Event event : events) {
        if (event instanceof BreakpointEvent hit) {
          entry.disable();
          StackFrame frame = hit.thread().frame(0);
          frame.setValue(frame.visibleVariableByName(argument), null);
          taken = true;
        }
      }
      events.resume();
    }
  }

  @Override
  public void close() {
    program.dispose();
  }
}
