using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Huoma.Server.Platform.Telemetry;

/// <summary>Metrics and traces by OTLP, when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to. The other variables of OpenTelemetry hold, too.</summary>
internal static class TelemetrySetup
{
    private const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Meters =
        [HuomaMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql"];

    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[EndpointKey] is not { Length: > 0 } endpoint)
        {
            return;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new StartRefusedException($"{EndpointKey}: {endpoint} is not an http(s) address");
        }

        // Without the package for hosts, so the providers are made here and know the configuration only when they are given it.
        void Know(IServiceCollection services) => services.AddSingleton<IConfiguration>(builder.Configuration);
        builder.Services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(Know).ConfigureResource(Describe).AddMeter(Meters).AddOtlpExporter().Build());
        builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(Know).ConfigureResource(Describe).AddSource(Sources).AddProcessor(new SecretPaths()).AddOtlpExporter().Build());
    }

    /// <summary>Makes the providers, for nothing else asks for them; the container's end sends what is left.</summary>
    public static void StartTelemetry(this WebApplication app)
    {
        app.Services.GetService<MeterProvider>();
        app.Services.GetService<TracerProvider>();
    }

    private static void Describe(ResourceBuilder resource) => resource.AddService("huoma");
}
