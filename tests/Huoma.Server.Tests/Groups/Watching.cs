using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Groups;

/// <summary>Waits at the console for what robots bring about, as people do: by looking again.</summary>
internal static class Watching
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task<IReadOnlyList<JsonElement>> GroupsAsync(this Operator console, JsonElement code, Func<IReadOnlyList<JsonElement>, bool> until) =>
        LookAsync(console, $"codes/{code.Id()}/groups", until);

    public static Task MembersAsync(this Operator console, string groupId, Func<IReadOnlyList<string>, bool> until) =>
        LookAsync(console, $"groups/{groupId}/members", list => until([.. list.Select(member => member.Id()).Order(StringComparer.Ordinal)]));

    public static Task<JsonElement> RefusesAsync(this Operator console, HttpMethod method, string path, HttpStatusCode status, string code, object? body = null)
    {
        var request = new HttpRequestMessage(method, $"/api/v1/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        return console.Http.SendAsync(request, TestContext.Current.CancellationToken).ProblemAsync(status, code);
    }

    private static async Task<IReadOnlyList<JsonElement>> LookAsync(Operator console, string path, Func<IReadOnlyList<JsonElement>, bool> until)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var answer = await console.GetAsync(path);
            List<JsonElement> items = [.. answer.At("items").EnumerateArray()];
            if (until(items))
            {
                return items;
            }

            (watch.Elapsed < Patience).ShouldBeTrue(answer.ToString());
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
