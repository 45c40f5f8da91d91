using System.Text.RegularExpressions;

namespace Huoma.Domain.OfficialAccount;

/// <summary>域名校验文件: <c>MP_verify_….txt</c>, by which 公众平台 sees that a domain is ours.</summary>
public sealed partial class VerifyFile : ITenantOwned
{
    public const int ContentMaxLength = 64;

    /// <summary>So many domains nobody has; the oldest would be forgotten by hand.</summary>
    public const int Most = 20;

    private VerifyFile()
    {
    }

    public VerifyFile(VerifyFileId id, TenantId tenantId, string name, string content, DateTimeOffset createdAt)
    {
        Id = id;
        TenantId = tenantId;
        Name = name;
        Content = content;
        CreatedAt = createdAt;
    }

    public VerifyFileId Id { get; private set; }

    public TenantId TenantId { get; private set; }

    public string Name { get; private set; } = "";

    public string Content { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public static bool IsName(string? name) => name is not null && NamePattern().IsMatch(name);

    /// <summary>What the file says as it is served: without the line's end that editors add. Null when it is no such file.</summary>
    public static string? ContentOf(string? text)
    {
        var content = (text ?? "").Trim();
        return ContentPattern().IsMatch(content) ? content : null;
    }

    public void Says(string content) => Content = content;

    // \z, not $: a line's end after the name is another name.
    [GeneratedRegex(@"\AMP_verify_[A-Za-z0-9]{16}\.txt\z", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9]{1,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex ContentPattern();
}
