using Huoma.Domain.Groups;
using Huoma.Server.Groups.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Huoma.Server.Groups;

internal sealed class GroupMapping : IEntityTypeConfiguration<Group>
{
    public void Configure(EntityTypeBuilder<Group> builder)
    {
        // GROUPS is a word of SQL.
        builder.ToTable("chat_groups");
        builder.Ignore(group => group.Room);
        builder.Property(group => group.AdminIds).HasConversion(ids => StoredLists.Write(ids), text => StoredLists.Read<string>(text), StoredLists.Comparer<string>());
    }
}

internal sealed class GroupMemberMapping : IEntityTypeConfiguration<GroupMember>
{
    public void Configure(EntityTypeBuilder<GroupMember> builder)
    {
        builder.ToTable("group_members");
        builder.HasKey(member => new { member.GroupId, member.MemberId });
        builder.Ignore(member => member.IsIn);
    }
}
