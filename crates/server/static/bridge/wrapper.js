// The calls that our pages need, standing on dingtalk-jsapi. Everything else of that package is left out of the bundle.
import requestAuthCode from 'dingtalk-jsapi/api/runtime/permission/requestAuthCode';
import setTitle from 'dingtalk-jsapi/api/biz/navigation/setTitle';
import scan from 'dingtalk-jsapi/api/biz/util/scan';
import showCallMenu from 'dingtalk-jsapi/api/biz/telephone/showCallMenu';
import geolocation from 'dingtalk-jsapi/api/device/geolocation/get';
import 'dingtalk-jsapi/entry/mobile';

window.yinlingBridge = {
  name: 'dingtalk',
  requestAuthCode: (corpId) => requestAuthCode({ corpId }).then((answer) => answer.code),
  setTitle: (title) => setTitle({ title }),
  scan: () => scan({ type: 'qrCode' }).then((answer) => answer.text),
  phone: (phoneNumber) => showCallMenu({ phoneNumber, code: '+86', showDingCall: false }),
  locate: () => geolocation({ targetAccuracy: 200, coordinate: 1, withReGeocode: false, useCache: true }),
};
