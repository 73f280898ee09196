import com.dingtalk.api.DefaultDingTalkClient;
import com.dingtalk.api.request.OapiGettokenRequest;
import com.dingtalk.api.request.OapiMediaUploadRequest;
import com.dingtalk.api.request.OapiMessageCorpconversationAsyncsendV2Request;
import com.dingtalk.api.request.OapiMessageCorpconversationAsyncsendV2Request.Msg;
import com.dingtalk.api.request.OapiMessageCorpconversationAsyncsendV2Request.Text;
import com.dingtalk.api.request.OapiV2DepartmentListsubRequest;
import com.dingtalk.api.request.OapiV2UserGetRequest;
import com.dingtalk.api.request.OapiV2UserGetuserinfoRequest;
import com.taobao.api.FileItem;
import com.taobao.api.TaobaoRequest;
import com.taobao.api.TaobaoResponse;
import java.util.List;

/**
 * com.aliyun:alibaba-dingtalk-service-sdk, unchanged. It writes every number and flag as text, and asks for XML while it reads JSON,
 * as no other client does.
 */
final class OldCalls {
    private static <T extends TaobaoResponse> T ask(String path, TaobaoRequest<T> request, String token) throws Exception {
        T answer = new DefaultDingTalkClient(Sim.URL + path).execute(request, token);
        if (!answer.isSuccess()) throw new AssertionError(path + ": " + answer.getBody());
        return answer;
    }

    static void drive() throws Exception {
        var app = new OapiGettokenRequest();
        app.setAppkey(Drive.CLIENT_ID);
        app.setAppsecret(Drive.CLIENT_SECRET);
        var token = ask("/gettoken", app, null);
        Sim.same("life of the old token", 7200L, token.getExpiresIn());
        String access = token.getAccessToken();
        Sim.passed("old token");

        var code = new OapiV2UserGetuserinfoRequest();
        code.setCode("sdk-sign-in-code");
        Sim.same("who signs in", "lgb0001", ask("/topapi/v2/user/getuserinfo", code, access).getResult().getUserid());
        Sim.passed("old user by code");

        var person = new OapiV2UserGetRequest();
        person.setUserid("lgb0001");
        var shown = ask("/topapi/v2/user/get", person, access).getResult();
        Sim.same("her name", "王秀英", shown.getName());
        Sim.same("her departments", List.of(910001L), shown.getDeptIdList());
        Sim.passed("old user get");

        var root = new OapiV2DepartmentListsubRequest();
        root.setDeptId(1L);
        var below = ask("/topapi/v2/department/listsub", root, access).getResult();
        Sim.same("departments", List.of(910001L), below.stream().map(one -> one.getDeptId()).toList());
        Sim.passed("old departments");

        var file = new OapiMediaUploadRequest();
        file.setType("file");
        file.setMedia(new FileItem("通知.pdf", "%PDF-1.4".getBytes("UTF-8"), "application/pdf"));
        Sim.same("the file has an id", false, ask("/media/upload", file, access).getMediaId().isEmpty());
        Sim.passed("old upload");

        var text = new Text();
        text.setContent("后天有体检");
        var message = new Msg();
        message.setMsgtype("text");
        message.setText(text);
        var notice = new OapiMessageCorpconversationAsyncsendV2Request();
        notice.setAgentId(Drive.AGENT);
        notice.setUseridList("lgb0001");
        notice.setToAllUser(false);
        notice.setMsg(message);
        ask("/topapi/message/corpconversation/asyncsend_v2", notice, access);
        Sim.until("a notice", () -> Sim.get("sent").toString().contains("后天有体检"));
        Sim.passed("old work notice");
    }
}
