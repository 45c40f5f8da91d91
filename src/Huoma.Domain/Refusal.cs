namespace Huoma.Domain;

/// <summary>A rule's “no”: a stable <paramref name="Code"/> for programs and a Chinese <paramref name="Message"/> that says what to do next.</summary>
/// <param name="Field">The input it is about, as the API names it; null when it is about the whole.</param>
public sealed record Refusal(string Code, string Message, string? Field = null);
