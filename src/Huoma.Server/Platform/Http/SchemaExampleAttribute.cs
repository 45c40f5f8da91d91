using System.Diagnostics.CodeAnalysis;

namespace Huoma.Server.Platform.Http;

/// <summary>An example of what is sent or answered, for the API's description.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SchemaExampleAttribute([StringSyntax(StringSyntaxAttribute.Json)] string json) : Attribute
{
    public string Json { get; } = json;
}
