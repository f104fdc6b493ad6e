package org.atoll.boot;

import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.atoll.control.Links;
import org.atoll.drivers.link.netty.NettyLink;
import org.atoll.drivers.link.service.Terms;
import org.atoll.drivers.link.talk.Census;

/** The links of a VOS on this machine, for whoever sits at another terminal. */
record NodeLinks(NettyLink link) implements Links {

  @Override
  public CompletableFuture<Census> census() {
    return link.census();
  }

  @Override
  public void services(UnaryOperator<Terms> change) {
    link.services(change);
  }
}
