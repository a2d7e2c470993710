import { usePreferenceChoices } from '../shell/use-preference-choices.ts';
import { FormField } from '../ui/form-field.tsx';
import { Select } from '../ui/select.tsx';
import { ProfileSection } from './profile-section.tsx';

/** How this browser shows things. Every choice is in force at once. */
export function PreferencesSection() {
  const choices = usePreferenceChoices();
  return (
    <ProfileSection title="Preferences" hint="Kept in this browser.">
      <div className="grid gap-4 sm:grid-cols-3">
        {choices.map(({ label, value, options, onChoose }) => (
          <FormField key={label} label={label}>
            <Select options={options} value={value} onChange={(event) => onChoose(event.target.value)} />
          </FormField>
        ))}
      </div>
    </ProfileSection>
  );
}
