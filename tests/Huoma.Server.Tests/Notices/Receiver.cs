using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Huoma.Server.Tests.Notices;

/// <summary>What a channel was sent.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

/// <summary>A chat platform or program: a real HTTP server on this machine that keeps what it gets.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly ConcurrentQueue<Received> got = new();

    private Receiver(WebApplication server) => this.server = server;

    /// <summary>What it says to the next messages.</summary>
    public Func<Received, (int Status, string Body)> Answers { get; set; } = _ => (200, """{"errcode":0,"errmsg":"ok","code":0,"msg":"success"}""");

    /// <summary>Where it sends its callers on to; null: nowhere.</summary>
    public string? RedirectsTo { get; set; }

    public IReadOnlyList<Received> Got => [.. got];

    public Uri Address => new(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<Receiver> StartAsync(string address = "127.0.0.1")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://{address}:0");
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        receiver.server.Run(receiver.TakeAsync);
        await receiver.server.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public string Url(string path) => new Uri(Address, path).ToString();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var received = new Received(
            context.Request.Path, context.Request.Query.ToDictionary(part => part.Key, part => part.Value.ToString()),
            context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()), await reader.ReadToEndAsync());
        got.Enqueue(received);
        if (RedirectsTo is { } target)
        {
            context.Response.StatusCode = (int)HttpStatusCode.TemporaryRedirect;
            context.Response.Headers.Location = target;
            return;
        }

        var (status, body) = Answers(received);
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    }
}
