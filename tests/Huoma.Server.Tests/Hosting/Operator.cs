using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Huoma.Server.Tests.Hosting;

/// <summary>An operator at the console, by its API.</summary>
internal sealed class Operator(HttpClient http)
{
    private string? imageId;

    public HttpClient Http { get; } = http;

    public async Task<JsonElement> CreateCodeAsync(string name = "七天读书营", bool sticky = true, object? welcome = null) =>
        await SendAsync(HttpMethod.Post, "codes", new { kind = "group", building = "manual", name, remark = "测试", sticky, welcome });

    /// <summary>A code with slots that retire at <paramref name="thresholds"/>.</summary>
    public async Task<(JsonElement Code, IReadOnlyList<string> Slots)> CreateCodeWithSlotsAsync(bool sticky, params int[] thresholds)
    {
        var code = await CreateCodeAsync(sticky: sticky);
        var slots = new List<string>();
        foreach (var threshold in thresholds)
        {
            slots.Add(await AddSlotAsync(code.Id(), threshold));
        }

        return (code, slots);
    }

    /// <summary>A card code with cards that retire at <paramref name="thresholds"/>.</summary>
    public async Task<(JsonElement Code, IReadOnlyList<string> Slots)> CreateCardsAsync(bool recycle, params int[] thresholds)
    {
        var code = await SendAsync(HttpMethod.Post, "codes", new { kind = "card", name = "客服名片", remark = "测试", recycle });
        var slots = new List<string>();
        foreach (var threshold in thresholds)
        {
            slots.Add(await AddSlotAsync(code.Id(), threshold));
        }

        return (code, slots);
    }

    public async Task<string> AddSlotAsync(string codeId, int threshold = 100, DateTimeOffset? expiresAt = null)
    {
        imageId ??= (await UploadAsync(Pictures.Groups[0])).Id();
        var slot = await SendAsync(HttpMethod.Post, $"codes/{codeId}/slots", new { imageId, name = "一群", threshold, expiresAt });
        return slot.Id();
    }

    public async Task<JsonElement> UploadAsync(string file, string purpose = "slot")
    {
        using var form = new MultipartFormDataContent();
        var content = new ByteArrayContent(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(content, "file", Path.GetFileName(file));
        form.Add(new StringContent(purpose), "purpose");
        using var answer = await Http.PostAsync("/api/v1/images", form, TestContext.Current.CancellationToken);
        return await ReadAsync(answer);
    }

    public Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<JsonElement> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, path, body);

    public async Task<JsonElement> CountsAsync(JsonElement code) => (await GetAsync($"codes/{code.Id()}")).GetProperty("counts");

    public async Task<IReadOnlyList<JsonElement>> SlotsAsync(JsonElement code) =>
        [.. (await GetAsync($"codes/{code.Id()}/slots")).GetProperty("items").EnumerateArray()];

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await ReadAsync(answer);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }
}
