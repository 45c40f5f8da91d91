using System.Diagnostics;
using OpenTelemetry;

namespace Huoma.Server.Platform.Telemetry;

/// <summary>Addresses carry secrets (links that sign somebody in, 口令 of participants): a trace tells the route, not the address.</summary>
internal sealed class SecretPaths : BaseProcessor<Activity>
{
    private static readonly string[] Tags = ["url.path", "url.query", "url.full"];

    public override void OnEnd(Activity data)
    {
        if (data.Kind == ActivityKind.Server)
        {
            Array.ForEach(Tags, tag => data.SetTag(tag, value: null));
        }
    }
}
