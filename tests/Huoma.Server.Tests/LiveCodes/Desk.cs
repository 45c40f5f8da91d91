using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Huoma.Domain.Accounts;
using Huoma.Domain.Media;
using Huoma.Server.Accounts;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.LiveCodes;

/// <summary>Somebody at the console of one tenant. Pictures and counts are put into the store, as if uploaded and counted.</summary>
internal sealed class Desk
{
    private const string OtherPassword = "another fine battery";

    private readonly HuomaApp app;
    private readonly HttpClient http;

    private Desk(HuomaApp app, HttpClient http, TenantId tenant)
    {
        this.app = app;
        this.http = http;
        Tenant = tenant;
    }

    public TenantId Tenant { get; }

    /// <summary>The first tenant's owner.</summary>
    public static async Task<Desk> OpenAsync(HuomaApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var tenant = await scope.ServiceProvider.GetRequiredService<HuomaDb>().Tenants.Select(row => row.Id).SingleAsync();
        return new Desk(app, await app.SignInAsync(), tenant);
    }

    /// <summary>Somebody of another tenant.</summary>
    public static async Task<Desk> OpenOtherTenantAsync(HuomaApp app, Role role = Role.Owner)
    {
        const string account = "other@example.com";
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HuomaDb>();
        var tenant = new Tenant(NewId.Of<Tenant>(), "别家", app.Clock.GetUtcNow());
        db.Add(tenant);
        await db.SaveChangesAsync();
        var hash = scope.ServiceProvider.GetRequiredService<Passwords>().Hash(OtherPassword);
        db.Add(new User(NewId.Of<User>(), tenant.Id, account, "别人", role, hash, app.Clock.GetUtcNow()));
        await db.SaveChangesAsync();
        return new Desk(app, await app.SignInAsync(account, OtherPassword), tenant.Id);
    }

    /// <param name="path">Below <c>/api/v1/</c>.</param>
    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<HttpResponseMessage> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<HttpResponseMessage> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, JsonContent.Create(body));

    public Task<HttpResponseMessage> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, path, JsonContent.Create(body));

    public Task<HttpResponseMessage> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, JsonContent.Create(body));

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, new Uri("/api/v1/" + path, UriKind.Relative)) { Content = content };
        return http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends the fields as a form, with a file when <paramref name="picture"/> is given.</summary>
    public Task<HttpResponseMessage> SendFormAsync(HttpMethod method, string path, byte[]? picture, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        if (picture is not null)
        {
            form.Add(new ByteArrayContent(picture), "image", "五群.jpg");
        }

        return SendAsync(method, path, form);
    }

    public static object CodeOf(string name, string remark = "备注") => new { kind = "group", building = "manual", name, remark };

    public Task<JsonElement> CreateCodeAsync(string name = "读书会", string remark = "备注") =>
        PostAsync("codes", CodeOf(name, remark)).JsonAsync(HttpStatusCode.Created);

    public Task<JsonElement> CodeAsync(string id) => GetAsync($"codes/{id}").JsonAsync();

    public Task<JsonElement> AddSlotAsync(string codeId, object slot) =>
        PostAsync($"codes/{codeId}/slots", slot).JsonAsync(HttpStatusCode.Created);

    /// <summary>A slot with a picture of its own.</summary>
    public async Task<JsonElement> AddSlotAsync(string codeId, string name = "一群", int threshold = 100) =>
        await AddSlotAsync(codeId, new { imageId = await PictureAsync(), name, threshold });

    public async Task<IReadOnlyList<JsonElement>> SlotsAsync(string codeId) =>
        [.. (await GetAsync($"codes/{codeId}/slots").JsonAsync()).At("items").EnumerateArray()];

    /// <summary>A stored picture of a WeChat group's QR code nobody else has; its id.</summary>
    public Task<string> PictureAsync() => PictureAsync($"https://weixin.qq.com/g/{NewId.Key("abcdefghij", 16)}");

    /// <summary>A stored picture in which the reader found these.</summary>
    public async Task<string> PictureAsync(params string[] payloads)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Is(Tenant);
        var db = scope.ServiceProvider.GetRequiredService<HuomaDb>();
        var image = new Image(NewId.Of<Image>(), Tenant, NewId.Key("0123456789abcdef", 64), "jpg", app.Clock.GetUtcNow());
        image.Measures(750, 420, 40_000);
        image.Reads([.. payloads.Select(payload => new QrReading(payload, [new(200, 60), new(500, 60), new(500, 360), new(200, 360)]))]);
        db.Add(image);
        await db.SaveChangesAsync();
        return image.Id.ToString();
    }

    /// <summary>Adds to what was counted on a slot (and its code) in the hour of <paramref name="at"/>.</summary>
    public async Task CountAsync(JsonElement slot, DateTimeOffset at, int scans = 0, int visitors = 0, int presses = 0, int pressVisitors = 0)
    {
        const string counts = """
            INSERT INTO visit_counts (live_code_id, hour, channel_id, slot_id, round, node, tenant_id, scans, new_visitors, day_visitors,
                shows, new_shown, day_shown, presses, new_pressers, day_pressers, new_code_pressers, day_code_pressers)
            VALUES (@Code, @Hour, 0, @Slot, @Round, 1, @Tenant, @Scans, @Visitors, @Visitors,
                @Scans, @Visitors, @Visitors, @Presses, @PressVisitors, @PressVisitors, @PressVisitors, @PressVisitors)
            """;
        const string pressed = """
            INSERT INTO slot_counts (slot_id, round, tenant_id, live_code_id, press_visitors) VALUES (@Slot, @Round, @Tenant, @Code, @PressVisitors)
            ON CONFLICT (slot_id, round) DO UPDATE SET press_visitors = slot_counts.press_visitors + excluded.press_visitors
            """;
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(CancellationToken.None);
        var row = new
        {
            Code = LiveCodeId.Parse(slot.Text("codeId")).Value,
            Slot = SlotId.Parse(slot.Text("id")).Value,
            Round = (int)slot.Number("round"),
            Tenant = Tenant.Value,
            Hour = new DateTimeOffset(at.UtcDateTime.Date.AddHours(at.UtcDateTime.Hour), TimeSpan.Zero).ToUnixTimeMilliseconds(),
            Scans = scans,
            Visitors = visitors,
            Presses = presses,
            PressVisitors = pressVisitors,
        };
        await connection.ExecuteAsync(counts, row);
        await connection.ExecuteAsync(pressed, row);
    }

    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
