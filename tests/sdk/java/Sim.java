import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Objects;

/** What people do, by the simulator's control API; and what is expected of it. */
final class Sim {
    static final String URL = System.getenv("SIM");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    interface Question {
        boolean holds() throws Exception;
    }

    static JsonElement get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(URL + "/_sim/" + path)).build());
    }

    static JsonElement post(String path, Map<String, ?> body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(URL + "/_sim/" + path));
        request.header("Content-Type", "application/json");
        return send(request.POST(BodyPublishers.ofString(new Gson().toJson(body))).build());
    }

    private static JsonElement send(HttpRequest request) throws Exception {
        var answer = HTTP.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(request.uri().getPath() + ": " + answer.statusCode() + " " + answer.body());
        }
        return JsonParser.parseString(answer.body());
    }

    /** All that somebody sees in the chat with the robot. */
    static String chat(String user) throws Exception {
        return get("chat/" + user).getAsJsonObject().get("text").getAsString();
    }

    static void until(String what, Question question) throws Exception {
        for (int n = 0; n < 300; n++) {
            if (question.holds()) return;
            Thread.sleep(100);
        }
        throw new AssertionError(what + " did not happen");
    }

    static void same(String what, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(what + ": expected " + expected + ", not " + actual);
        }
    }

    static void holds(String part, String whole) {
        if (!whole.contains(part)) throw new AssertionError("no " + part + " in: " + whole);
    }

    static void passed(String what) {
        System.out.println("ok   java    " + what);
    }
}
