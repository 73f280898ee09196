/** The official Java SDKs against the simulator. What stands here of the app stands in world.toml too. */
final class Drive {
    static final String CLIENT_ID = "dingsdkapp0000000001";
    static final String CLIENT_SECRET = "sdk-secret-that-is-not-secret-00000000000000000000000000000000001";
    static final String ROBOT = "dingsdkrobot00000001";
    static final long AGENT = 300100201;

    public static void main(String[] arguments) {
        try {
            Calls.drive();
            OldCalls.drive();
            Stream.drive();
        } catch (Throwable trouble) {
            trouble.printStackTrace();
            // The SDKs keep threads that would keep the program.
            System.exit(1);
        }
        System.exit(0);
    }
}
