using System.Net;
using System.Text;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.LiveCodes;

/// <summary>What does not belong into a request is answered with a code and a field, and changes nothing.</summary>
public sealed class BadInputTests
{
    private const string Invalid = "input.invalid";
    private const string Malformed = "input.malformed";

    // Field to replace in a good request, its JSON, the code and the field of the problem.
    private static readonly (string Field, string Json, string Code, string? At)[] CodeFields =
    [
        ("name", "null", Invalid, "name"),
        ("name", "\"  \"", Invalid, "name"),
        ("name", Quoted(new string('长', 31)), Invalid, "name"),
        ("name", "\"a\\u0000b\"", Invalid, "name"),
        ("name", "\"a\\nb\"", Invalid, "name"),
        ("name", "\"\\u001b[31m\"", Invalid, "name"),
        ("name", "\"\\ud800\"", Malformed, "name"),
        ("name", "7", Malformed, "name"),
        ("name", "{}", Malformed, "name"),
        ("remark", Quoted(new string('x', 51)), Invalid, "remark"),
        ("remark", "null", Invalid, "remark"),
        ("kind", "\"groups\"", Malformed, "kind"),
        ("kind", "1", Malformed, "kind"),
        ("kind", "null", Invalid, "kind"),
        ("building", "\"\"", Malformed, "building"),
        ("status", "\"paused\"", Malformed, "status"),
        ("sticky", "\"yes\"", Malformed, "sticky"),
        ("welcome", "true", Malformed, "welcome"),
        ("welcome", "{\"enabled\":1}", Malformed, "welcome.enabled"),
        ("welcome", "{\"imageId\":\"00000000001\"}", Invalid, "welcome.imageId"),
        ("welcome", "{\"imageId\":\"x\"}", Invalid, "welcome.imageId"),
        ("welcome", "{\"imageId\":12}", Malformed, "welcome.imageId"),
        ("welcome", $"{{\"groupIntro\":{Quoted(new string('介', 501))}}}", Invalid, "welcome.groupIntro"),
        ("welcome", "{\"founderIntro\":\"\\u0007\"}", Invalid, "welcome.founderIntro"),
        ("seats", "100", Malformed, "seats"),
        ("seats", "{\"cap\":1.5}", Malformed, "seats.cap"),
        ("seats", "{\"cap\":\"100\"}", Malformed, "seats.cap"),
        ("seats", "{\"cap\":100,\"leaseMinutes\":99999999999}", Malformed, "seats.leaseMinutes"),
    ];

    private static readonly (string Field, string Json, string Code, string? At)[] SlotFields =
    [
        ("imageId", "null", Invalid, "imageId"),
        ("imageId", "\"00000000001\"", Invalid, "imageId"),
        ("imageId", "\"../../etc\"", Invalid, "imageId"),
        ("imageId", "5", Malformed, "imageId"),
        ("name", Quoted(new string('长', 31)), Invalid, "name"),
        ("name", "\"\\u0000\"", Invalid, "name"),
        ("supportWeChatId", Quoted(new string('k', 31)), Invalid, "supportWeChatId"),
        ("threshold", "0", Invalid, "threshold"),
        ("threshold", "-1", Invalid, "threshold"),
        ("threshold", "501", Invalid, "threshold"),
        ("threshold", "1.5", Malformed, "threshold"),
        ("threshold", "\"100\"", Malformed, "threshold"),
        ("threshold", "99999999999", Malformed, "threshold"),
        ("expiresAt", "\"tomorrow\"", Malformed, "expiresAt"),
        ("expiresAt", "\"2026-13-01T00:00:00Z\"", Malformed, "expiresAt"),
        ("expiresAt", "1764000000", Malformed, "expiresAt"),
        ("expiresAt", "\"2026-11-22T04:00:00Z\"", "slot.expiry-in-the-past", "expiresAt"),
        ("expiresAt", "\"1970-01-01T00:00:00Z\"", "slot.expiry-in-the-past", "expiresAt"),
        ("overrideReason", Quoted(new string('因', 101)), Invalid, "overrideReason"),
    ];

    [Theory]
    [BothStores]
    public async Task Codes_RefuseEachBadField(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var made = await desk.CreateCodeAsync();
        var before = made.ToString();

        foreach (var (field, json, code, at) in CodeFields)
        {
            var good = new Dictionary<string, string> { ["kind"] = "\"group\"", ["building"] = "\"manual\"", ["name"] = "\"好\"", ["remark"] = "\"好\"" };
            await SendAsync(desk, HttpMethod.Post, "codes", With(good, field, json)).ProblemAsync(HttpStatusCode.BadRequest, code, at);
            if (json != "null" && field is not ("kind" or "building"))
            {
                var edit = With(new Dictionary<string, string> { ["remark"] = "\"变\"", ["sticky"] = "false" }, field, json);
                await SendAsync(desk, HttpMethod.Patch, $"codes/{made.Text("id")}", edit).ProblemAsync(HttpStatusCode.BadRequest, code, at);
            }
        }

        (await desk.GetAsync("codes").JsonAsync()).Number("total").ShouldBe(1);
        (await desk.CodeAsync(made.Text("id"))).ToString().ShouldBe(before);
    }

    [Theory]
    [BothStores]
    public async Task Slots_RefuseEachBadField(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        var slot = await desk.AddSlotAsync(id);
        var imageId = await desk.PictureAsync();
        var before = (await desk.CodeAsync(id)).ToString();

        foreach (var (field, json, code, at) in SlotFields)
        {
            var status = code == "slot.expiry-in-the-past" ? HttpStatusCode.Conflict : HttpStatusCode.BadRequest;
            var good = new Dictionary<string, string> { ["imageId"] = Quoted(imageId), ["name"] = "\"好\"" };
            await SendAsync(desk, HttpMethod.Post, $"codes/{id}/slots", With(good, field, json)).ProblemAsync(status, code, at);
            if (field is "imageId" or "expiresAt" or "overrideReason")
            {
                var picture = With(new Dictionary<string, string> { ["imageId"] = Quoted(imageId), ["newGroup"] = "true" }, field, json);
                await SendAsync(desk, HttpMethod.Put, $"slots/{slot.Text("id")}/image", picture).ProblemAsync(status, code, at);
            }

            if (field is not ("imageId" or "overrideReason"))
            {
                var edit = With(new Dictionary<string, string> { ["enabled"] = "false" }, field, json);
                await SendAsync(desk, HttpMethod.Patch, $"slots/{slot.Text("id")}", edit).ProblemAsync(status, code, at);
            }
        }

        (await desk.SlotsAsync(id)).ShouldHaveSingleItem().ToString().ShouldBe(slot.ToString());
        (await desk.CodeAsync(id)).ToString().ShouldBe(before);
    }

    [Theory]
    [BothStores]
    public async Task Bodies_ThatAreNoRequest_AreRefused(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        byte[] brokenUtf8 = [.. "{\"kind\":\"group\",\"building\":\"manual\",\"remark\":\"r\",\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        foreach (var path in (string[])["codes", $"codes/{id}/slots"])
        {
            foreach (var body in (string[])["", "null", "[]", "\"x\"", "{", "{\"name\":}", "<xml/>"])
            {
                await SendAsync(desk, HttpMethod.Post, path, body).ProblemAsync(HttpStatusCode.BadRequest, Malformed);
            }

            await desk.SendAsync(HttpMethod.Post, path, Json(brokenUtf8)).ProblemAsync(HttpStatusCode.BadRequest, Malformed, "name");
            await desk.SendAsync(HttpMethod.Post, path, new StringContent("{}", Encoding.UTF8, "text/xml"))
                .ProblemAsync(HttpStatusCode.UnsupportedMediaType, "input.unsupported-type");
        }

        (await desk.GetAsync("codes").JsonAsync()).Number("total").ShouldBe(1);
    }

    [Theory]
    [BothStores]
    public async Task Queries_RefuseWhatTheyDoNotKnow(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");

        foreach (var (query, field) in (
            (string, string)[])[("kind=groups", "kind"), ("kind=1", "kind"), ("building=x", "building"), ("status=ON", "status"), ("q=%00", "q"), ($"q={new string('q', 51)}", "q")])
        {
            await desk.GetAsync($"codes?{query}").ProblemAsync(HttpStatusCode.BadRequest, Invalid, field);
        }

        await desk.GetAsync("codes?page=one").ProblemAsync(HttpStatusCode.BadRequest, Malformed, "page");
        await desk.GetAsync("codes?deleted=perhaps").ProblemAsync(HttpStatusCode.BadRequest, Malformed, "deleted");
        await desk.GetAsync("channels?archived=perhaps").ProblemAsync(HttpStatusCode.BadRequest, Malformed, "archived");
        (await desk.GetAsync("codes?kind=&page=0&pageSize=1000000").JsonAsync()).Number("pageSize").ShouldBe(100);
        foreach (var (query, field) in (
            (string, string)[])[("format=gif", "format"), ("size=127", "size"), ("size=2049", "size"), ("size=-1&format=svg", "size")])
        {
            await desk.GetAsync($"codes/{id}/qr?{query}").ProblemAsync(HttpStatusCode.BadRequest, Invalid, field);
        }
    }

    [Theory]
    [InlineData("card", HttpStatusCode.Conflict, "live-code.card-building", "building")]
    [InlineData("group", HttpStatusCode.BadRequest, "input.invalid", "auto.groups")]
    public async Task Create_RefusesWhatRobotsCanNotBuild(string kind, HttpStatusCode status, string code, string field)
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var desk = await Desk.OpenAsync(app);

        await desk.PostAsync("codes", new { kind, building = "auto", name = "x", remark = "y" }).ProblemAsync(status, code, field);
    }

    [Fact]
    public async Task Edit_RefusesWhatCanNotBeChangedOrIsNotServedYet()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var desk = await Desk.OpenAsync(app);
        var id = (await new Operator(await app.SignInAsync()).CreateCodeAsync()).Id();

        (string Json, string Code)[] cases =
        [
            ("{\"kind\":\"card\"}", "live-code.kind-immutable"), ("{\"building\":\"auto\"}", "live-code.kind-immutable"),
            ("{\"handOver\":{\"enabled\":true}}", "live-code.hand-over-without-target"), ("{\"recycle\":true}", "live-code.recycle-not-for-manual-groups"),
        ];
        foreach (var (json, code) in cases)
        {
            await SendAsync(desk, HttpMethod.Patch, $"codes/{id}", json).ProblemAsync(HttpStatusCode.Conflict, code);
        }

        (await SendAsync(desk, HttpMethod.Patch, $"codes/{id}", "{\"handOver\":{\"enabled\":false},\"recycle\":false,\"kind\":\"group\"}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string With(Dictionary<string, string> fields, string field, string json)
    {
        fields[field] = json;
        return $"{{{string.Join(',', fields.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}";
    }

    private static Task<HttpResponseMessage> SendAsync(Desk desk, HttpMethod method, string path, string json) =>
        desk.SendAsync(method, path, Json(Encoding.UTF8.GetBytes(json)));

    private static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return content;
    }
}
