using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace Huoma.Server.Platform.Http;

/// <summary>
/// Names the optional parameter of a query that could not be read. The framework throws for the others and says which
/// (<see cref="ProblemExceptionHandler"/>); for these the code it generates answers 400 without a word.
/// </summary>
internal static class UnreadParameters
{
    /// <summary>In the console's spelling; null when each can be read.</summary>
    public static string? Find(HttpContext context)
    {
        var optional = context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().Where(bound => bound is { HasTryParse: true, IsOptional: true }) ?? [];
        var unread = optional.FirstOrDefault(bound =>
            context.Request.Query[bound.Name].ToString() is { Length: > 0 } text
            && !CanRead(text, Nullable.GetUnderlyingType(bound.ParameterInfo.ParameterType) ?? bound.ParameterInfo.ParameterType));
        return unread is null ? null : JsonNamingPolicy.CamelCase.ConvertName(unread.Name);
    }

    private static bool CanRead(string text, Type type) =>
        type.GetMethod("TryParse", [typeof(string), type.MakeByRefType()])?.Invoke(obj: null, [text, null]) is not false;
}
