using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Platform;

/// <summary>The program can not start; the message is one line that says why and names the setting.</summary>
internal sealed class StartRefusedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The line for what stopped the start; null when it is no matter of settings, but a bug.</summary>
    public static string? LineFor(Exception exception) => exception switch
    {
        StartRefusedException or OptionsValidationException => exception.Message,
        IOException { InnerException: AddressInUseException } => $"ASPNETCORE_URLS: {exception.Message}",
        FormatException { Source: "Microsoft.AspNetCore.Http" } => $"ASPNETCORE_URLS: {exception.Message}",

        // A value that is not of its setting's type; the binder's message names the key.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => exception.Message,
        _ => null,
    };
}
