using System.Net;
using System.Text.Json;

namespace Huoma.Server.Tests.Hosting;

/// <summary>Reads answers as a program would that knows nothing of the server's types.</summary>
internal static class JsonReading
{
    /// <param name="path">As in <c>welcome.imageId</c>.</param>
    public static JsonElement At(this JsonElement json, string path)
    {
        foreach (var name in path.Split('.'))
        {
            json = json.GetProperty(name);
        }

        return json;
    }

    public static string Id(this JsonElement json) => json.Text("id");

    public static string Text(this JsonElement json, string path) => json.At(path).GetString().ShouldNotBeNull(path);

    public static long Number(this JsonElement json, string path) => json.At(path).GetInt64();

    public static bool Flag(this JsonElement json, string path) => json.At(path).GetBoolean();

    public static bool IsNull(this JsonElement json, string path) => json.At(path).ValueKind == JsonValueKind.Null;

    public static IReadOnlyList<string> Texts(this JsonElement list, string path) => [.. list.At("items").EnumerateArray().Select(item => item.Text(path))];

    /// <summary>The answer's body, which must have come with this status.</summary>
    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> answering, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await answering;
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, body);
        return body.Length == 0 ? default : JsonDocument.Parse(body).RootElement;
    }

    /// <summary>A problem with this code; for a field when one is named.</summary>
    public static async Task<JsonElement> ProblemAsync(this Task<HttpResponseMessage> answering, HttpStatusCode expected, string code, string? field = null)
    {
        using var answer = await answering;
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, body);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", body);
        var problem = JsonDocument.Parse(body).RootElement;
        problem.Text("code").ShouldBe(code, body);
        problem.Text("detail").ShouldNotBeEmpty();
        if (field is not null)
        {
            problem.GetProperty("errors").TryGetProperty(field, out var messages).ShouldBeTrue(body);
            messages[0].GetString().ShouldNotBeNullOrEmpty(body);
        }

        return problem;
    }
}
