using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Groups;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.Imaging;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Campaigns;

/// <summary>裂变海报 through HTTP: designed, previewed, fetched by participants (F185–F191).</summary>
public sealed class PosterPageTests
{
    private static readonly object Full = new
    {
        qr = new { x = 480, y = 1040, size = 240 },
        avatar = new { x = 40, y = 1060, size = 120, shown = true },
        nickname = new { x = 180, y = 1060, width = 280, size = 40, colour = "#FFFFFF", align = "left", text = "{昵称}" },
        texts = new[] { new { x = 180, y = 1130, width = 280, size = 26, colour = "#FFE08A", align = "left", text = "邀请你加入七天读书营" } },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothStores]
    public async Task Poster_CarriesTheNickname_AndHasAnotherAddressThen(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var made = await console.CreateCampaignAsync(await console.CreateAutoCodeAsync());
        var changed = await console.PatchAsync($"campaigns/{made.Id()}", new { layout = Full });
        changed.Text("layout.nickname.align").ShouldBe("left");
        (await console.GetAsync($"campaigns/{made.Id()}")).At("layout").GetRawText().ShouldBe(changed.At("layout").GetRawText());
        var phone = new Phone(app.Visitor());
        var nameless = await AddressAsync(phone, made);
        var before = await phone.Http.GetByteArrayAsync(nameless, Ct);
        await using (var connection = await app.Services.GetRequiredService<Database>().OpenAsync(Ct))
        {
            await connection.ExecuteAsync("UPDATE fission_participants SET nickname = @Name", new { Name = "<b>小桃子🍑\u202Emoc.live" + new string('长', 500) });
        }

        var named = await AddressAsync(phone, made);
        var after = await phone.Http.GetByteArrayAsync(named, Ct);

        named.ShouldNotBe(nameless);
        after.ShouldNotBe(before);
        foreach (var jpeg in (byte[][])[before, after])
        {
            jpeg.Length.ShouldBeLessThanOrEqualTo(300 * 1024);
            PosterStudio.ReadSentOn(jpeg).ShouldHaveSingleItem().ShouldContain("/q/");
        }

        (await phone.Http.GetByteArrayAsync(named, Ct)).ShouldBe(after);
    }

    [Theory, BothStores]
    public async Task Page_StillHasTheLink_WhenThePosterCanNotBeDrawn_AndTheOperatorIsTold(Store store)
    {
        // So long a base that no square of this size can hold it.
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Huoma:PublicUrl"] = "https://example.com/" + new string('a', 1_500) };
        await using var app = await HuomaApp.StartAsync(store, settings);
        var console = new Operator(await app.SignInAsync());
        var made = await console.CreateCampaignAsync(await console.CreateAutoCodeAsync());
        await console.PatchAsync($"campaigns/{made.Id()}", new { layout = new { qr = new { x = 0, y = 0, size = 160 } } });
        await console.RefusesAsync(HttpMethod.Post, $"campaigns/{made.Id()}/poster-preview", HttpStatusCode.Conflict, "campaign.poster-unreadable", new { });

        for (var visit = 0; visit < 2; visit++)
        {
            var page = await new Phone(app.Visitor()).OpenAsync(HttpMethod.Get, $"/t/{made.Text("key")}");
            (page.Status, page.State).ShouldBe((HttpStatusCode.OK, "poster"));
            page.Html.ShouldNotContain("<img");
            page.Html.ShouldContain("海报暂时无法显示");
            page.Html.ShouldContain("/q/");
        }

        var notice = (await console.GetAsync("notices")).At("items").EnumerateArray().ShouldHaveSingleItem();
        notice.Text("kind").ShouldBe("poster-unreadable");
    }

    [Fact]
    public async Task Page_StillHasTheLink_WhenThePictureIsGone()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var console = new Operator(await app.SignInAsync());
        var made = await console.CreateCampaignAsync(await console.CreateAutoCodeAsync());
        Directory.Delete(Path.Combine(app.DataDirectory, "media"), recursive: true);

        var page = await new Phone(app.Visitor()).OpenAsync(HttpMethod.Get, $"/t/{made.Text("key")}");

        page.Html.ShouldContain("海报暂时无法显示");
        (await console.GetAsync("notices")).Number("total").ShouldBe(0);
    }

    [Fact]
    public async Task Preview_NeedsNoCampaign_AndShowsSamples()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var console = new Operator(await app.SignInAsync());
        var poster = await console.UploadPosterAsync();
        var seen = new HashSet<string>(StringComparer.Ordinal);

        foreach (var sample in (string?[])["name", "long-name", "emoji-name", "right-to-left-name", "nobody"])
        {
            var jpeg = await PreviewAsync(console, new { posterImageId = poster, layout = Full, sample });
            PosterStudio.ReadSentOn(jpeg).ShouldHaveSingleItem().ShouldContain("/t/");
            seen.Add(Convert.ToHexString(jpeg)).ShouldBeTrue(sample);
        }

        PosterStudio.ReadSentOn(await PreviewAsync(console, new { posterImageId = poster })).ShouldHaveSingleItem();
        await console.RefusesAsync(HttpMethod.Post, "campaigns/poster-preview", HttpStatusCode.BadRequest, "input.invalid", new { });
        await console.RefusesAsync(HttpMethod.Post, "campaigns/poster-preview", HttpStatusCode.BadRequest, "input.invalid", new { posterImageId = "00000000001" });
        await console.RefusesAsync(HttpMethod.Post, "campaigns/poster-preview", HttpStatusCode.BadRequest, "input.malformed", new { posterImageId = poster, sample = "who" });
        var wide = (await console.UploadBytesAsync(MadePictures.Jpeg(MadePictures.Quarters(1334, 750)), "poster")).Id();
        await console.RefusesAsync(HttpMethod.Post, "campaigns/poster-preview", HttpStatusCode.Conflict, "campaign.poster-shape", new { posterImageId = wide });
    }

    [Theory]
    [InlineData("""{ "qr": { "x": 0, "y": 0, "size": 200 }, "nickname": { "x": 0, "y": 0, "width": 700, "size": 30, "colour": "red", "align": "left", "text": "{昵称}" } }""", "campaign.text-colour", "layout.nickname")]
    [InlineData("""{ "qr": { "x": 0, "y": 0, "size": 200 }, "nickname": { "x": 100, "y": 0, "width": 700, "size": 30, "colour": "#000000", "align": "left", "text": "{昵称}" } }""", "campaign.text-outside", "layout.nickname")]
    [InlineData("""{ "qr": { "x": 0, "y": 0, "size": 200 }, "avatar": { "x": 700, "y": 0, "size": 100, "shown": true } }""", "campaign.avatar-outside", "layout.avatar")]
    [InlineData("""{ "qr": { "x": 0, "y": 0, "size": 200 }, "texts": [null] }""", "campaign.text-empty", "layout.texts[0]")]
    [InlineData("""{ "qr": { "x": 0, "y": 0, "size": 200 }, "texts": [{ "x": 0, "y": 0, "width": 700, "size": 30, "colour": "#000000", "align": "center", "text": "{昵称}" }] }""", "campaign.unknown-placeholder", "layout.texts[0]")]
    public async Task Layout_IsRefused_WithTheFieldThatIsWrong(string layout, string code, string field)
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var console = new Operator(await app.SignInAsync());
        var made = await console.CreateCampaignAsync(await console.CreateAutoCodeAsync());
        var wrong = JsonDocument.Parse(layout).RootElement;

        var refusal = await console.RefusesAsync(HttpMethod.Patch, $"campaigns/{made.Id()}", HttpStatusCode.Conflict, code, new { layout = wrong });

        refusal.At("errors").TryGetProperty(field, out _).ShouldBeTrue(refusal.ToString());

        (await console.GetAsync($"campaigns/{made.Id()}")).At("layout").GetRawText().ShouldBe(made.At("layout").GetRawText());
    }

    private static async Task<byte[]> PreviewAsync(Operator console, object body)
    {
        using var answer = await console.Http.PostAsJsonAsync("/api/v1/campaigns/poster-preview", body, Ct);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("image/jpeg");
        return await answer.Content.ReadAsByteArrayAsync(Ct);
    }

    private static async Task<string> AddressAsync(Phone phone, JsonElement campaign)
    {
        var page = await phone.OpenAsync(HttpMethod.Get, $"/t/{campaign.Text("key")}");
        page.State.ShouldBe("poster", page.Html);
        return Regex.Match(page.Html, "(?<=src=\")/t/[^\"]+jpg", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
    }
}
