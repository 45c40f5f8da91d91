using System.Text.Json;
using System.Text.Json.Serialization;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Platform.Outgoing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Platform;

/// <summary>Everything that belongs to no capability: settings, the database, time, JSON, problems.</summary>
internal static class PlatformSetup
{
    /// <summary>Far more than any form of the console sends; what takes pictures sets a limit of its own.</summary>
    private const long MaxBodyBytes = 256 * 1024;

    public static WebApplicationBuilder AddPlatform(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        builder.Logging.AddFilter(Traces.OfTheFramework, LogLevel.None);
        builder.WebHost.UseStaticWebAssets();
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls("http://localhost:5080");
        }

        services.AddOptions<HuomaOptions>().BindConfiguration(HuomaOptions.Section).ValidateDataAnnotations()
            .Validate(options => options.PublicUrl is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }, "Huoma:PublicUrl is not an http(s) address")
            .Validate(options => TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _), "Huoma:TimeZone is not a known time zone")
            .ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
            new Calendar(TimeZoneInfo.FindSystemTimeZoneById(provider.GetRequiredService<IOptions<HuomaOptions>>().Value.TimeZone)));

        services.AddSingleton(Database.Create);
        services.AddSingleton<Migrator>();
        services.AddSingleton<Keys>();
        services.AddSingleton<SecretSeal>();
        services.AddScoped<CurrentTenant>();
        services.AddScoped<CurrentActor>();
        services.AddOutgoing();
        services.AddDbContext<HuomaDb>((provider, options) =>
        {
            provider.GetRequiredService<Database>().Configure(options);
            options.AddInterceptors(provider.GetServices<IInterceptor>());
        });

        services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
        services.AddApiDescription();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.AddScoped<PublicUrl>();
        return builder;
    }

    /// <summary>What every request but a visitor's page passes, outermost first.</summary>
    public static void UsePlatform(this WebApplication app)
    {
        app.UseTraces();
        app.UseExceptionHandler(_ => { });
        app.UseSecurityHeaders();
        app.UseOnlyUtf8();
        app.UseWebSockets();

        // Presses are answered here (ShortCircuit): what follows is for the console, and they come by the thousand.
        app.UseRouting();
        app.Use((context, next) =>
        {
            context.RequestServices.GetRequiredService<PublicUrl>().Accept(context.Request);
            return next(context);
        });
        app.UseConsoleCaching();
        app.UseStatusCodePages(async context =>
        {
            var status = context.HttpContext.Response.StatusCode;
            var problem = status == StatusCodes.Status400BadRequest && UnreadParameters.Find(context.HttpContext) is { } field
                ? Problems.Malformed(field)
                : Problems.OfStatus(status);
            await TypedResults.Problem(problem).ExecuteAsync(context.HttpContext);
        });
    }

    private static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new IdJsonConverterFactory());
        options.Converters.Add(new InstantJsonConverter());
    }
}
