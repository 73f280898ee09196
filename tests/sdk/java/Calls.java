import com.aliyun.dingtalkcard_1_0.models.CreateAndDeliverHeaders;
import com.aliyun.dingtalkcard_1_0.models.CreateAndDeliverRequest;
import com.aliyun.dingtalkcard_1_0.models.CreateAndDeliverRequest.CreateAndDeliverRequestCardData;
import com.aliyun.dingtalkcard_1_0.models.CreateAndDeliverRequest.CreateAndDeliverRequestImRobotOpenDeliverModel;
import com.aliyun.dingtalkcard_1_0.models.CreateAndDeliverRequest.CreateAndDeliverRequestImRobotOpenSpaceModel;
import com.aliyun.dingtalkcard_1_0.models.UpdateCardHeaders;
import com.aliyun.dingtalkcard_1_0.models.UpdateCardRequest;
import com.aliyun.dingtalkcard_1_0.models.UpdateCardRequest.UpdateCardRequestCardData;
import com.aliyun.dingtalkcard_1_0.models.UpdateCardRequest.UpdateCardRequestCardUpdateOptions;
import com.aliyun.dingtalkcontact_1_0.models.GetUserHeaders;
import com.aliyun.dingtalkoauth2_1_0.models.GetAccessTokenRequest;
import com.aliyun.dingtalkoauth2_1_0.models.GetUserTokenRequest;
import com.aliyun.dingtalkrobot_1_0.models.BatchSendOTOHeaders;
import com.aliyun.dingtalkrobot_1_0.models.BatchSendOTORequest;
import com.aliyun.dingtalktodo_1_0.models.CreateTodoTaskHeaders;
import com.aliyun.dingtalktodo_1_0.models.CreateTodoTaskRequest;
import com.aliyun.dingtalktodo_1_0.models.CreateTodoTaskRequest.CreateTodoTaskRequestDetailUrl;
import com.aliyun.dingtalktodo_1_0.models.CreateTodoTaskRequest.CreateTodoTaskRequestNotifyConfigs;
import com.aliyun.dingtalkworkflow_1_0.models.GetProcessInstanceHeaders;
import com.aliyun.dingtalkworkflow_1_0.models.GetProcessInstanceRequest;
import com.aliyun.dingtalkworkflow_1_0.models.StartProcessInstanceHeaders;
import com.aliyun.dingtalkworkflow_1_0.models.StartProcessInstanceRequest;
import com.aliyun.dingtalkworkflow_1_0.models.StartProcessInstanceRequest.StartProcessInstanceRequestFormComponentValues;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teautil.models.RuntimeOptions;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** com.aliyun:dingtalk, unchanged. */
final class Calls {
    private static final RuntimeOptions RUNTIME = new RuntimeOptions();

    private static Config config() {
        URI sim = URI.create(Sim.URL);
        return new Config().setProtocol(sim.getScheme()).setRegionId("central").setEndpoint(sim.getAuthority());
    }

    static void drive() throws Exception {
        String token = tokens();
        robot(token);
        cards(token);
        todo(token);
        approval(token);
    }

    private static String tokens() throws Exception {
        var oauth2 = new com.aliyun.dingtalkoauth2_1_0.Client(config());
        var request = new GetAccessTokenRequest().setAppKey(Drive.CLIENT_ID).setAppSecret(Drive.CLIENT_SECRET);
        var token = oauth2.getAccessToken(request).body;
        Sim.same("life of the token", 7200L, token.expireIn);
        Sim.passed("token");

        var code = new GetUserTokenRequest().setClientId(Drive.CLIENT_ID).setClientSecret(Drive.CLIENT_SECRET);
        code.setCode("sdk-oauth-code").setGrantType("authorization_code");
        String own = oauth2.getUserToken(code).body.accessToken;
        Sim.passed("user by code");
        try {
            oauth2.getUserToken(code);
            throw new AssertionError("a code was good twice");
        } catch (TeaException refusal) {
            Sim.same("status of the refusal", 400, refusal.getStatusCode());
        }
        Sim.passed("a refusal as an exception");

        var contact = new com.aliyun.dingtalkcontact_1_0.Client(config());
        var me = contact.getUserWithOptions("me", new GetUserHeaders().setXAcsDingtalkAccessToken(own), RUNTIME).body;
        Sim.same("me", List.of("王秀英", "sdkUnionWang"), List.of(me.nick, me.unionId));
        Sim.passed("user get");
        return token.accessToken;
    }

    private static void robot(String token) throws Exception {
        var robot = new com.aliyun.dingtalkrobot_1_0.Client(config());
        var request = new BatchSendOTORequest().setRobotCode(Drive.ROBOT).setUserIds(List.of("lgb0001", "nobody"));
        request.setMsgKey("sampleText").setMsgParam("{\"content\":\"明天有学习\"}");
        var headers = new BatchSendOTOHeaders().setXAcsDingtalkAccessToken(token);
        var sent = robot.batchSendOTOWithOptions(request, headers, RUNTIME).body;
        Sim.same("who is unknown", List.of("nobody"), sent.invalidStaffIdList);
        Sim.same("a key to ask with", false, sent.processQueryKey.isEmpty());
        Sim.holds("明天有学习", Sim.chat("lgb0001"));
        Sim.passed("robot send");
    }

    private static void cards(String token) throws Exception {
        var cards = new com.aliyun.dingtalkcard_1_0.Client(config());
        var data = new CreateAndDeliverRequestCardData().setCardParamMap(Map.of("status", "待受理"));
        var space = new CreateAndDeliverRequestImRobotOpenSpaceModel().setSupportForward(false);
        var place = new CreateAndDeliverRequestImRobotOpenDeliverModel().setSpaceType("IM_ROBOT").setRobotCode(Drive.ROBOT);
        var request = new CreateAndDeliverRequest().setCardTemplateId("sdk.schema").setOutTrackId("sdk-java");
        request.setCallbackType("STREAM").setCardData(data).setOpenSpaceId("dtv1.card//IM_ROBOT.gz0001");
        request.setImRobotOpenSpaceModel(space).setImRobotOpenDeliverModel(place).setUserIdType(1);
        var headers = new CreateAndDeliverHeaders().setXAcsDingtalkAccessToken(token);
        var made = cards.createAndDeliverWithOptions(request, headers, RUNTIME).body;
        Sim.same("the card was made", true, made.success);
        Sim.same("the card was delivered", true, made.result.deliverResults.get(0).success);

        var change = new UpdateCardRequest().setOutTrackId("sdk-java");
        change.setCardData(new UpdateCardRequestCardData().setCardParamMap(Map.of("status", "受理中")));
        change.setCardUpdateOptions(new UpdateCardRequestCardUpdateOptions().setUpdateCardDataByKey(true));
        var asApp = new UpdateCardHeaders().setXAcsDingtalkAccessToken(token);
        Sim.same("the card was changed", true, cards.updateCardWithOptions(change, asApp, RUNTIME).body.success);
        Sim.holds("受理中", Sim.chat("gz0001"));
        Sim.passed("card create and update");
    }

    private static void todo(String token) throws Exception {
        var todo = new com.aliyun.dingtalktodo_1_0.Client(config());
        var page = new CreateTodoTaskRequestDetailUrl().setAppUrl("http://127.0.0.1/1").setPcUrl("http://127.0.0.1/1");
        var request = new CreateTodoTaskRequest().setSubject("走访王秀英").setSourceId("sdk-java").setPriority(20);
        request.setCreatorId("sdkUnionZhou").setOperatorId("sdkUnionZhou").setExecutorIds(List.of("sdkUnionZhou"));
        request.setDetailUrl(page).setIsOnlyShowExecutor(true);
        request.setNotifyConfigs(new CreateTodoTaskRequestNotifyConfigs().setDingNotify("1"));
        var headers = new CreateTodoTaskHeaders().setXAcsDingtalkAccessToken(token);
        var made = todo.createTodoTaskWithOptions("sdkUnionZhou", request, headers, RUNTIME).body;
        Sim.same("subject", "走访王秀英", made.subject);
        Sim.same("the to-do has an id", false, made.id.isEmpty());
        Sim.passed("to-do");
    }

    private static void approval(String token) throws Exception {
        var workflow = new com.aliyun.dingtalkworkflow_1_0.Client(config());
        var value = new StartProcessInstanceRequestFormComponentValues().setName("申请人").setValue("王秀英");
        var request = new StartProcessInstanceRequest().setProcessCode("PROC-SDK").setOriginatorUserId("gz0001");
        request.setDeptId(910001L).setMicroappAgentId(Drive.AGENT).setFormComponentValues(List.of(value));
        var asApp = new StartProcessInstanceHeaders().setXAcsDingtalkAccessToken(token);
        String instance = workflow.startProcessInstanceWithOptions(request, asApp, RUNTIME).body.instanceId;

        var question = new GetProcessInstanceRequest().setProcessInstanceId(instance);
        var headers = new GetProcessInstanceHeaders().setXAcsDingtalkAccessToken(token);
        var shown = workflow.getProcessInstanceWithOptions(question, headers, RUNTIME).body.result;
        Sim.same("status", "RUNNING", shown.status);
        Sim.same("who is asked", "sp0001", shown.tasks.get(0).userId);
        Sim.same("what is asked", "王秀英", shown.formComponentValues.get(0).value);
        Sim.passed("approval create and get");
    }
}
