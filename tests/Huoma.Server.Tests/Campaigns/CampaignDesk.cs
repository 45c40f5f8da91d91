using System.Net.Http.Headers;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.Imaging;

namespace Huoma.Server.Tests.Campaigns;

/// <summary>What somebody at the console does with 任务宝.</summary>
internal static class CampaignDesk
{
    /// <summary>A code robots build groups for; nobody has made any yet.</summary>
    public static async Task<JsonElement> CreateAutoCodeAsync(this Operator console, string name = "读书群", int groups = 1, bool blacklist = false)
    {
        await console.SendAsync(HttpMethod.Post, "quota/grants", new { groups = Math.Max(10, groups + 1), reason = "测试" });
        return await console.SendAsync(HttpMethod.Post, "codes", new
        {
            kind = "group",
            building = "auto",
            name,
            remark = "测试",
            auto = new { groups, theme = "读书群", firstNumber = 1, memberThreshold = 180, blacklist },
        });
    }

    public static async Task<string> UploadPosterAsync(this Operator console, int width = 750, int height = 1334) =>
        (await console.UploadBytesAsync(MadePictures.Jpeg(MadePictures.Quarters(width, height)), "poster")).Id();

    public static async Task<JsonElement> UploadBytesAsync(this Operator console, byte[] jpeg, string purpose)
    {
        using var form = new MultipartFormDataContent();
        var content = new ByteArrayContent(jpeg);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(content, "file", "poster.jpg");
        form.Add(new StringContent(purpose), "purpose");
        return await console.Http.PostAsync("/api/v1/images", form, TestContext.Current.CancellationToken).JsonAsync();
    }

    public static async Task<JsonElement> CreateCampaignAsync(this Operator console, JsonElement code, object? reward = null, int goal = 2, string name = "邀请好友一起读书") =>
        await console.SendAsync(HttpMethod.Post, "campaigns", new
        {
            codeId = code.Id(),
            name,
            description = "一起进群，每天读十页",
            goal,
            posterImageId = await console.UploadPosterAsync(),
            reward = reward ?? new { kind = "link", url = "https://gift.example.com/secret" },
        });
}
