using System.Collections.Concurrent;
using System.Text;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Telemetry;
using Huoma.Server.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Huoma.Server.Tests.Platform;

/// <summary>Against a collector that takes OTLP over HTTP (contract 5).</summary>
public sealed class TelemetryTests
{
    private const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    [Fact]
    public async Task Metrics_AndTraces_ReachTheCollector_WithoutAddresses()
    {
        var received = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await using var collector = await CollectAsync(received);
        await using (var app = await StartAsync(collector.Urls.First()))
        {
            var console = new Operator(await app.SignInAsync());
            var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 100);
            await new Phone(app.Visitor()).ScanAsync(code.Text("key"));
            await app.Visitor().GetAsync("/r/this-link-signs-in", TestContext.Current.CancellationToken);
        }

        received["/v1/metrics"].ShouldContain("huoma.visits.stored");
        received["/v1/traces"].ShouldContain("Microsoft.AspNetCore");
        received["/v1/traces"].ShouldNotContain("this-link-signs-in");
    }

    [Fact]
    public void Start_IsRefused_WhenTheCollectorHasNoAddress()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration[EndpointKey] = "collector:4317";

        var refusal = Should.Throw<StartRefusedException>(builder.AddTelemetry);

        refusal.Message.ShouldContain(EndpointKey);
    }

    private static Task<HuomaApp> StartAsync(string endpoint) => HuomaApp.StartAsync(
        Store.Sqlite,
        new Dictionary<string, string?> { [EndpointKey] = endpoint, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" });

    private static async Task<WebApplication> CollectAsync(ConcurrentDictionary<string, string> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body, Encoding.Latin1);
            var body = await reader.ReadToEndAsync();
            received.AddOrUpdate(request.Path.Value!, body, (_, earlier) => earlier + body);
        });
        await collector.StartAsync();
        return collector;
    }
}
