using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Huoma.Bench.Hosting;

/// <summary>A page of Huoma as it went over the wire: its headers and its compressed bytes.</summary>
internal sealed record StaticPage(IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private static readonly string[] Own = ["Date", "Server", "Set-Cookie", "Content-Length", "Transfer-Encoding", "Connection"];

    public static async Task<(StaticPage Page, int HeaderBytes)> FetchAsync(int port, string key)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/q/{key}"));
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        request.Headers.TryAddWithoutValidation("User-Agent", Load.Wrk.UserAgent);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var all = answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.Ordinal);
        var headerBytes = "HTTP/1.1 200 OK\r\n\r\n".Length + all.Sum(header => header.Key.Length + header.Value.Length + 4);
        var kept = all.Where(header => !Own.Contains(header.Key)).ToDictionary(StringComparer.Ordinal);
        return (new StaticPage(kept, await answer.Content.ReadAsByteArrayAsync()), headerBytes);
    }

    public void Save(string file)
    {
        File.WriteAllLines(file + ".headers", Headers.Select(header => $"{header.Key}\t{header.Value}"));
        File.WriteAllBytes(file, Body);
    }

    public static StaticPage Read(string file) =>
        new(File.ReadLines(file + ".headers").Select(line => line.Split('\t')).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal), File.ReadAllBytes(file));

    public Task SendAsync(HttpContext context)
    {
        foreach (var (name, value) in Headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.ContentLength = Body.Length;
        return context.Response.Body.WriteAsync(Body, context.RequestAborted).AsTask();
    }

    /// <summary>The ceiling: Kestrel and nothing else.</summary>
    public static async Task ServeAsync(string port, string file)
    {
        var page = Read(file);
        await using var app = Builder(port).Build();
        app.Run(page.SendAsync);
        await app.RunAsync();
    }

    public static WebApplicationBuilder Builder(string port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        return builder;
    }
}
