import com.dingtalk.open.app.api.KeepAliveOption;
import com.dingtalk.open.app.api.OpenDingTalkStreamClientBuilder;
import com.dingtalk.open.app.api.callback.DingTalkStreamTopics;
import com.dingtalk.open.app.api.chatbot.BotReplier;
import com.dingtalk.open.app.api.message.GenericOpenDingTalkEvent;
import com.dingtalk.open.app.api.models.bot.ChatbotMessage;
import com.dingtalk.open.app.api.security.AuthClientCredential;
import com.dingtalk.open.app.stream.protocol.event.EventAckStatus;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** com.dingtalk.open:app-stream-client, unchanged. */
final class Stream {
    private static final List<GenericOpenDingTalkEvent> EVENTS = new CopyOnWriteArrayList<>();
    private static final List<Map<String, Object>> PRESSES = new CopyOnWriteArrayList<>();

    private static EventAckStatus event(GenericOpenDingTalkEvent event) {
        EVENTS.add(event);
        return EventAckStatus.SUCCESS;
    }

    private static Object message(ChatbotMessage message) {
        String words = message.getText().getContent().strip();
        try {
            BotReplier.fromWebhook(message.getSessionWebhook()).replyText(message.getSenderNick() + "说了" + words);
        } catch (java.io.IOException trouble) {
            throw new java.io.UncheckedIOException(trouble);
        }
        return Map.of();
    }

    private static Object press(Map<String, Object> press) {
        PRESSES.add(press);
        return Map.of(
            "cardUpdateOptions", Map.of("updateCardDataByKey", true),
            "cardData", Map.of("cardParamMap", Map.of("status", "已受理")));
    }

    private static JsonArray connections() throws Exception {
        return Sim.get("stream").getAsJsonObject().getAsJsonArray("connections");
    }

    private static String id(JsonElement connection) {
        return connection.getAsJsonObject().get("id").getAsString();
    }

    private static int number(JsonElement holder, String name) {
        return holder.getAsJsonObject().get(name).getAsInt();
    }

    static void drive() throws Exception {
        var builder = OpenDingTalkStreamClientBuilder.custom();
        builder.credential(new AuthClientCredential(Drive.CLIENT_ID, Drive.CLIENT_SECRET));
        builder.registerAllEventListener(Stream::event);
        builder.registerCallbackListener(DingTalkStreamTopics.BOT_MESSAGE_TOPIC, Stream::message);
        builder.registerCallbackListener(DingTalkStreamTopics.CARD_CALLBACK_TOPIC, Stream::press);
        // The shortest it takes; by itself it waits a minute before it asks whether the connection still lives.
        builder.keepAlive(KeepAliveOption.create().withKeepAliveIdleMill(1000L));
        // It lets one choose among the platform's own hosts only.
        var host = OpenDingTalkStreamClientBuilder.class.getDeclaredMethod("openApiHost", String.class);
        host.setAccessible(true);
        host.invoke(builder, Sim.URL);
        var listening = builder.build();
        listening.start();
        Sim.until("a connection", () -> connections().size() == 1);
        String first = id(connections().get(0));
        Sim.passed("stream connect");

        Sim.until("a ping of its own", () -> number(connections().get(0), "pings") > 1);
        Sim.passed("stream keep-alive");
        Sim.same("echoes", 1, number(Sim.post("stream/ping", Map.of()), "echoes"));
        Sim.passed("stream ping");
        Sim.post("people", Map.of("userid", "lgb0009", "name", "吴桂芳", "departments", List.of(910001)));
        Sim.until("an event", () -> !EVENTS.isEmpty());
        Sim.same("kind of event", "user_add_org", EVENTS.get(0).getEventType());
        Sim.same("whose event", "dingsdkcorp000000000000000000001", EVENTS.get(0).getEventCorpId());
        Sim.same("the event has id and time", true, EVENTS.get(0).getEventId() != null && EVENTS.get(0).getEventBornTime() > 0);
        // The type of the data has another name in the jar than in the sources.
        Map<String, Object> data = EVENTS.get(0).getData();
        Sim.same("who joined", List.of("lgb0009"), data.get("userId"));
        Sim.until("its answer", () -> Sim.get("pushes").getAsJsonObject().getAsJsonArray("waiting").isEmpty());
        Sim.passed("stream event");
        Sim.post("say", Map.of("userid", "lgb0001", "text", "签到"));
        Sim.until("a reply", () -> Sim.chat("lgb0001").contains("王秀英说了签到"));
        Sim.passed("stream robot message, answered at its webhook");
        String group = id(Sim.get("groups").getAsJsonArray().get(0));
        Sim.post("groups/say", Map.of("group", group, "userid", "lgb0001", "text", "@银龄小助手 大家好"));
        Sim.until("a reply in the group", () -> Sim.get("groups").toString().contains("王秀英说了大家好"));
        Sim.passed("stream robot message in a group");
        Sim.post("cards/press", Map.of("userid", "gz0001", "card", "sdk-java", "button", "accept"));
        JsonObject content = JsonParser.parseString((String) PRESSES.get(0).get("content")).getAsJsonObject();
        String pressed = content.getAsJsonObject("cardPrivateData").get("actionIds").toString();
        Sim.same("what was pressed", "[\"accept\"]", pressed);
        Sim.holds("已受理", Sim.chat("gz0001"));
        Sim.passed("stream card press");
        Sim.post("stream/disconnect", Map.of("connection", first));
        Sim.until("another connection", () -> connections().asList().stream().anyMatch(one -> !id(one).equals(first)));
        Sim.passed("stream disconnect, connected again");
        for (JsonElement complaint : Sim.get("stream").getAsJsonObject().getAsJsonArray("complaints")) {
            System.out.println("note java    " + complaint.getAsString());
        }
        listening.stop();
    }
}
