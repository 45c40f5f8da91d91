namespace Huoma.Server.Platform;

/// <summary>The program can not start; the message is one line that says why and names the setting.</summary>
internal sealed class StartRefusedException(string message, Exception? inner = null) : Exception(message, inner);
